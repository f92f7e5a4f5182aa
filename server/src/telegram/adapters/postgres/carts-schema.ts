/** What is put aside for a cart has no order yet, and a link may be opened for what it waits for. */
export const telegramCartsSchema = {
  name: '0031-prompts-of-carts',
  up: `
alter table telegram_prompts alter column order_id drop not null;
alter table telegram_links add column hold_id text collate "C";
`,
}
