export const supportSchema = {
  name: '0018-agents',
  up: `
create table agents (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  participant_id text collate "C" not null,
  name text not null,
  todoist_user_id text,
  telegram_id text,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  -- What it did stays under its id.
  removed_at timestamptz,
  primary key (project_id, id),
  foreign key (project_id, participant_id) references chat_participants (project_id, id)
);

-- Finds the project of a token. An agent has one.
create table agent_directory (
  hash bytea primary key,
  project_id text collate "C" not null,
  agent_id text collate "C" not null,
  foreign key (project_id, agent_id) references agents (project_id, id),
  unique (project_id, agent_id)
);
`,
}
