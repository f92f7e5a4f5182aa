export const boardsSchema = {
  name: '0023-boards',
  up: `
create table boards (
  project_id text collate "C" primary key references projects (id),
  token bytea not null,
  -- Of an app whose tokens end.
  refresh_token bytea,
  account_id text not null,
  account_name text not null,
  board_id text not null,
  board_name text not null,
  -- Where new tickets go while the board is full.
  overflow_board_id text,
  -- Of each board: the section of each status, and the uids of those who share it.
  sections jsonb not null default '{}',
  members jsonb not null default '{}',
  people jsonb not null default '{}',
  labels jsonb not null default '{}',
  active_tasks integer not null default 0,
  sync_token text not null default '*',
  -- Counts what was written and read together: what is read is as new as what was written in the same one.
  exchange bigint not null default 0,
  problem text,
  failures integer not null default 0,
  -- It was warned that it is nearly full.
  warned boolean not null default false,
  -- Something of it is not as we need it, until it has been healed.
  unsound boolean not null default false,
  synced_at timestamptz,
  built_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default now(),
  -- The budget of requests, or Todoist itself, wants a pause until then.
  paced_until timestamptz not null default '-infinity',
  version bigint not null default 1,
  holder text,
  held_until timestamptz not null default '-infinity'
);
create index boards_due on boards (next_at);
create index boards_account on boards (account_id);

-- What each account has asked for, whoever of us asked: Todoist counts by account.
create table board_budgets (
  account_id text primary key,
  since timestamptz not null,
  calls integer not null
);

-- A ticket's task as we want it to be: what differs from it, once it has been written, was done by somebody on the board.
create table board_tasks (
  project_id text collate "C" not null,
  ticket_id text collate "C" not null,
  -- Null until Todoist has told it.
  task_id text collate "C",
  temp_id text not null,
  board_id text not null,
  section text check (section in ('new', 'in-work', 'waiting', 'solved')),
  assignee_uid text,
  assigned_at timestamptz,
  priority integer not null default 1,
  labels text[] not null default '{}',
  checked boolean not null default false,
  due text,
  recurring_on text,
  moved_by text,
  -- The exchange in which it was written last.
  written bigint not null default 0,
  primary key (project_id, ticket_id),
  foreign key (project_id, ticket_id) references tickets (project_id, id)
);
create unique index board_tasks_task on board_tasks (project_id, task_id) where task_id is not null;
create index board_tasks_open on board_tasks (project_id, board_id) where not checked;

create table board_comments (
  project_id text collate "C" not null,
  comment_id text collate "C" not null,
  ticket_id text collate "C" not null,
  is_ours boolean not null,
  conversation_id text collate "C",
  message_id text collate "C",
  -- What an agent's words came to, and of which text: so that an edit is known from an echo.
  kind text,
  hash text,
  primary key (project_id, comment_id),
  foreign key (project_id, ticket_id) references tickets (project_id, id)
);
create index board_comments_message on board_comments (project_id, message_id) where message_id is not null;

-- What is still to be written to the board, in order. A uuid is executed once at Todoist, however often it is sent.
create table board_commands (
  project_id text collate "C" not null,
  id bigint generated always as identity,
  -- The same key is the same command.
  key text collate "C" not null,
  ticket_id text collate "C" not null,
  uuid uuid not null default gen_random_uuid(),
  temp_id text,
  type text not null,
  args jsonb not null,
  -- A file that has to be uploaded first.
  upload_id text collate "C",
  -- The message that a comment shows.
  conversation_id text collate "C",
  message_id text collate "C",
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  attempts integer not null default 0,
  problem text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (project_id, key)
) with (fillfactor = 70);
create index board_commands_waiting on board_commands (project_id, id) where state = 'waiting';
create index board_commands_ticket on board_commands (project_id, ticket_id) where state = 'waiting';
create index board_commands_dead on board_commands (project_id, id) where state = 'dead';
create index board_commands_done on board_commands (finished_at) where state = 'done';
`,
}
