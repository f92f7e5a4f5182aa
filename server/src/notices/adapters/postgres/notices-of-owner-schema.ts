export const noticesOfOwnerSchema = {
  name: '0014-notices-of-owner',
  up: `
-- Null: whoever owns the project is told, not a customer.
alter table notices alter column customer_id drop not null;
create unique index notices_once_of_owner on notices (project_id, event_id, channel) where customer_id is null;
`,
}
