export const projectsSchema = {
  name: '0001-projects',
  up: `
create table projects (
  id text collate "C" primary key,
  lane smallint not null,
  name text not null,
  currency text not null,
  locale text not null,
  time_zone text not null,
  default_country text not null,
  status text not null default 'active' check (status in ('active', 'paused')),
  require_signature boolean not null default false,
  rate_limit_per_minute integer not null default 100 check (rate_limit_per_minute > 0),
  disabled_formats text[] not null default '{}',
  field_map jsonb not null default '{}',
  blocklist text[] not null default '{}',
  tilda_api_key_name text not null default 'Api-Key',
  clock_offset_ms bigint not null default 0,
  created_at timestamptz not null default now()
);

create table project_secrets (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  kind text not null check (kind in ('webhook-secret', 'signing-secret', 'secret-key', 'publishable-key', 'tilda-api-key')),
  ciphertext bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (project_id, id)
);

-- The directory: from what a caller shows to the project it means.
create table secret_directory (
  kind text not null,
  hash bytea not null,
  project_id text collate "C" not null,
  secret_id text collate "C" not null,
  primary key (kind, hash),
  foreign key (project_id, secret_id) references project_secrets (project_id, id) on delete cascade
);

create table audit_log (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  action text not null,
  actor text not null,
  details jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (project_id, id)
);
`,
}

export const sandboxSchema = {
  name: '0009-sandbox',
  up: `
alter table projects add column sandbox boolean not null default false;
-- Time only goes forward, and only where nothing is real.
alter table projects add check (clock_offset_ms = 0 or sandbox and clock_offset_ms > 0);
create index projects_shifted on projects (lane, id) where clock_offset_ms <> 0;
`,
}
