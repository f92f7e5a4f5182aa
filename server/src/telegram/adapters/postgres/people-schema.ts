export const telegramPeopleSchema = {
  name: '0021-telegram-people',
  up: `
create table telegram_people (
  project_id text collate "C" not null references projects (id),
  telegram_id text collate "C" not null,
  -- Whom it speaks as; null until it speaks again after it was somebody else.
  participant_id text collate "C",
  -- Proven, never merely said by a shop.
  customer_id text collate "C",
  linked_by text check (linked_by in ('contact', 'link')),
  linked_at timestamptz,
  locale text check (locale in ('ru', 'en', 'kk')),
  name text not null,
  username text,
  blocked text,
  blocked_at timestamptz,
  marketing boolean not null default true,
  conversation_id text collate "C",
  -- Visitors that it has shown to be, by a link from their page.
  known_as text[] not null default '{}',
  -- What it was asked.
  pending jsonb,
  last_update_id bigint,
  created_at timestamptz not null default now(),
  primary key (project_id, telegram_id),
  foreign key (project_id, participant_id) references chat_participants (project_id, id),
  foreign key (project_id, customer_id) references customers (project_id, id),
  foreign key (project_id, conversation_id) references conversations (project_id, id),
  check ((customer_id is null) = (linked_by is null))
);
create unique index telegram_people_customer on telegram_people (project_id, customer_id) where customer_id is not null;
create index telegram_people_participant on telegram_people (project_id, participant_id);

-- Found by hashes: whoever reads the table can open nothing.
create table telegram_links (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  token_hash bytea not null,
  claim_hash bytea,
  code text not null,
  participant_id text collate "C",
  customer_id text collate "C",
  state text not null default 'open' check (state in ('open', 'asked', 'confirmed', 'declined', 'claimed')),
  telegram_id text,
  opened_by_update bigint,
  -- By the project's clock.
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (project_id, id),
  foreign key (project_id, participant_id) references chat_participants (project_id, id),
  foreign key (project_id, customer_id) references customers (project_id, id)
);
create unique index telegram_links_token on telegram_links (project_id, token_hash);
create unique index telegram_links_claim on telegram_links (project_id, claim_hash) where claim_hash is not null;
create index telegram_links_of on telegram_links (project_id, telegram_id) where telegram_id is not null;
create index telegram_links_customer on telegram_links (project_id, customer_id) where customer_id is not null;
create index telegram_links_old on telegram_links (created_at);

create table telegram_prompts (
  project_id text collate "C" not null references projects (id),
  hold_id text collate "C" not null,
  telegram_id text collate "C" not null,
  customer_id text collate "C" not null,
  order_id text not null,
  amount text not null,
  state text not null default 'asked' check (state in ('asked', 'confirmed', 'declined', 'expired', 'released')),
  created_at timestamptz not null default now(),
  primary key (project_id, hold_id),
  foreign key (project_id, customer_id) references customers (project_id, id)
);
create index telegram_prompts_customer on telegram_prompts (project_id, customer_id);

-- What a conversation is about, as its customer chose before the first word.
create table telegram_topics (
  project_id text collate "C" not null references projects (id),
  conversation_id text collate "C" not null,
  topic text not null,
  primary key (project_id, conversation_id),
  foreign key (project_id, conversation_id) references conversations (project_id, id)
);

create table telegram_texts (
  project_id text collate "C" primary key references projects (id),
  own jsonb not null,
  updated_at timestamptz not null default now()
);
`,
}
