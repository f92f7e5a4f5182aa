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

export const telegramTransportSchema = {
  name: '0024-telegram-transport',
  up: `
alter table telegram_bots
  add column bot_key text not null default md5(random()::text || clock_timestamp()::text),
  -- Sealed; null of those that were connected before they could be written to.
  add column webhook_secret bytea,
  add column delivery text not null default 'polling' check (delivery in ('webhook', 'polling')),
  add column next_update bigint not null default 0,
  add column updated_at timestamptz,
  add column agents_group_id text,
  add column poller text,
  add column polled_until timestamptz not null default '-infinity';
create unique index telegram_bots_key on telegram_bots (bot_key);
create index telegram_bots_polled on telegram_bots (polled_until) where delivery = 'polling';
create index telegram_bots_bot on telegram_bots (bot_id, connected_at);

-- Which message of a conversation a message in a chat is.
create table telegram_messages (
  project_id text collate "C" not null references projects (id),
  chat_id text collate "C" not null,
  telegram_message_id bigint not null,
  conversation_id text collate "C",
  message_id text collate "C",
  is_ours boolean not null,
  -- What we call it ourselves, when it is no message of a conversation.
  name text,
  -- Whether it has words or a caption.
  is_caption boolean not null default false,
  sent_at timestamptz not null default now(),
  primary key (project_id, chat_id, telegram_message_id)
);
create index telegram_messages_about on telegram_messages (project_id, chat_id, conversation_id, message_id)
  where conversation_id is not null;
create index telegram_messages_name on telegram_messages (project_id, chat_id, name) where name is not null;
`,
}
