/** What is put aside for a cart has no order yet. */
export const telegramCartsSchema = {
  name: '0031-prompts-of-carts',
  up: `
alter table telegram_prompts alter column order_id drop not null;
`,
}
