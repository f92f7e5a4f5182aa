export const messengerSchema = {
  name: '0017-messenger',
  up: `
create table chat_participants (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  kind text not null check (kind in ('customer', 'visitor', 'agent', 'bot')),
  name text,
  customer_id text collate "C",
  agent_id text collate "C",
  -- Whose conversations these are since both turned out to be one person.
  merged_into text collate "C",
  created_at timestamptz not null default now(),
  primary key (project_id, id),
  foreign key (project_id, customer_id) references customers (project_id, id),
  foreign key (project_id, merged_into) references chat_participants (project_id, id),
  check (kind <> 'agent' or agent_id is not null)
);
create unique index chat_participants_customer on chat_participants (project_id, customer_id)
  where customer_id is not null and merged_into is null;
create unique index chat_participants_agent on chat_participants (project_id, agent_id) where agent_id is not null;
create unique index chat_participants_bot on chat_participants (project_id, name) where kind = 'bot';

-- The row is its own outbox: written with each message, it says what may still have to be delivered.
create table conversations (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  lane smallint not null,
  subject text,
  status text not null default 'open' check (status in ('open', 'closed')),
  -- Another one: whatever clients remember of the sequences is void.
  epoch integer not null default 1,
  last_sequence bigint not null default 0,
  created_at timestamptz not null default now(),
  -- Brought up to date a moment after the last message, so that the message itself touches no index.
  last_activity_at timestamptz not null default now(),
  -- When to look who has not received it yet; null when everybody has, or will ask by itself.
  due_at timestamptz,
  attempts smallint not null default 0,
  primary key (project_id, id)
) with (fillfactor = 50);
create index conversations_activity on conversations (project_id, last_activity_at desc, id desc);
create index conversations_due on conversations (lane, due_at) where due_at is not null;
-- Looked at once, and still not with everybody who is there.
create index conversations_late on conversations (due_at) where attempts > 0 and due_at is not null;

create table conversation_participants (
  project_id text collate "C" not null,
  conversation_id text collate "C" not null,
  participant_id text collate "C" not null,
  received bigint not null default 0,
  read bigint not null default 0,
  joined_at timestamptz not null default now(),
  left_at timestamptz,
  primary key (project_id, conversation_id, participant_id),
  foreign key (project_id, conversation_id) references conversations (project_id, id),
  foreign key (project_id, participant_id) references chat_participants (project_id, id)
) with (fillfactor = 50);
create index conversation_participants_of on conversation_participants (project_id, participant_id, conversation_id);

create table messages (
  project_id text collate "C" not null,
  conversation_id text collate "C" not null,
  sequence bigint not null,
  id text collate "C" not null,
  sender_id text collate "C" not null,
  client_id text collate "C" not null,
  text text,
  attachment_id text collate "C",
  reply_to text collate "C",
  -- Emoji → ids of participants.
  reactions jsonb,
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (project_id, conversation_id, sequence),
  -- Who speaks takes part. When two participants become one, what they said moves along.
  foreign key (project_id, conversation_id, sender_id)
    references conversation_participants (project_id, conversation_id, participant_id) on update cascade
);
-- Said once, for ever.
create unique index messages_client_id on messages (project_id, conversation_id, sender_id, client_id);
create unique index messages_id on messages (project_id, id);

-- What takes a sequence and is no message.
create table conversation_changes (
  project_id text collate "C" not null,
  conversation_id text collate "C" not null,
  sequence bigint not null,
  kind text not null check (kind in ('edited', 'deleted', 'reacted', 'membership', 'status')),
  participant_id text collate "C",
  message_id text collate "C",
  -- Never the text of a message: that stands with the message, so that it can be taken back.
  details jsonb not null default '{}',
  at timestamptz not null,
  primary key (project_id, conversation_id, sequence),
  foreign key (project_id, conversation_id) references conversations (project_id, id)
);

create table chat_settings (
  project_id text collate "C" not null references projects (id),
  settings jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (project_id)
);

create table chat_dead_letters (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  conversation_id text collate "C",
  participant_id text collate "C",
  from_sequence bigint,
  to_sequence bigint,
  reason text not null,
  attempts integer not null,
  at timestamptz not null default now(),
  primary key (project_id, id)
);
`,
}
