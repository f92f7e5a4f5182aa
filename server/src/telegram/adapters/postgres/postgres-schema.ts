export const telegramSchema = {
  name: '0007-telegram',
  up: `
create table telegram_bots (
  project_id text collate "C" primary key references projects (id),
  bot_id text not null,
  username text,
  token bytea not null,
  problem text,
  connected_at timestamptz not null default now()
);
`,
}

export const telegramOwnerSchema = {
  name: '0016-telegram-owner',
  up: `
alter table telegram_bots add column owner_chat_id text;
`,
}
