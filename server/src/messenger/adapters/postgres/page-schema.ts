export const pageSchema = {
  name: '0027-page',
  up: `
create table page_settings (
  project_id text collate "C" not null references projects (id),
  settings jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (project_id)
);

-- What somebody said of itself in a page: proven by nothing, and nobody is found by it.
alter table chat_participants add column said_email text, add column said_phone text;
`,
}
