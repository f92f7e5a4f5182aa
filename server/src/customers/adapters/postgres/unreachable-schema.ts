export const customersUnreachableSchema = {
  name: '0026-customers-unreachable',
  up: `
-- Few, and looked for whenever somebody comes back.
create index customers_unreachable on customers (project_id, telegram_id) where telegram_unreachable is not null;
`,
}
