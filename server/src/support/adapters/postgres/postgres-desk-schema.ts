export const deskSchema = {
  name: '0025-desk',
  up: `
-- Since when what is said in a project's conversations may become tickets.
create table desks (
  project_id text collate "C" primary key references projects (id),
  since timestamptz not null default clock_timestamp()
);

-- How far the desk has read in a conversation.
create table desk_cursors (
  project_id text collate "C" not null,
  conversation_id text collate "C" not null,
  taken bigint not null default 0,
  failures integer not null default 0,
  problem text,
  again_at timestamptz,
  primary key (project_id, conversation_id),
  foreign key (project_id, conversation_id) references conversations (project_id, id)
) with (fillfactor = 50);
create index desk_cursors_again on desk_cursors (again_at) where again_at is not null;

-- The formatting of what was said, beside the plain text of the message.
create table desk_words (
  project_id text collate "C" not null,
  conversation_id text collate "C" not null,
  client_id text collate "C" not null,
  markdown text not null,
  primary key (project_id, conversation_id, client_id),
  foreign key (project_id, conversation_id) references conversations (project_id, id)
);
`,
}
