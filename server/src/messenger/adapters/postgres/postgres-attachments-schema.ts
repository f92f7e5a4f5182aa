export const attachmentsSchema = {
  name: '0019-attachments',
  up: `
create table chat_attachments (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  lane smallint not null,
  conversation_id text collate "C" not null,
  sender_id text collate "C" not null,
  client_id text collate "C" not null,
  name text not null,
  size bigint not null check (size > 0),
  declared_type text,
  type text,
  state text not null default 'pending' check (state in ('pending', 'ready', 'refused', 'removed')),
  refused_why text,
  text text,
  storage_key text collate "C",
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- When to look what became of it; null when there is nothing left to do.
  due_at timestamptz,
  looks smallint not null default 0,
  message_id text collate "C",
  message_sequence bigint,
  primary key (project_id, id),
  foreign key (project_id, conversation_id, sender_id)
    references conversation_participants (project_id, conversation_id, participant_id) on update cascade,
  check (state <> 'ready' or (type is not null and storage_key is not null)),
  check (state <> 'refused' or refused_why is not null)
);
create unique index chat_attachments_client_id on chat_attachments (project_id, conversation_id, sender_id, client_id);
create index chat_attachments_due on chat_attachments (lane, due_at) where due_at is not null;
`,
}
