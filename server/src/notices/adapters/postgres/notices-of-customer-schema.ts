export const noticesOfCustomerSchema = {
  name: '0011-notices-of-customer',
  up: `
create index notices_of_customer on notices (project_id, customer_id, id);
`,
}
