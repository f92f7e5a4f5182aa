export const customersSchema = {
  name: '0003-customers',
  up: `
create table customers (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  name text,
  birthday date,
  locale text check (locale in ('ru', 'en', 'kk')),
  telegram_id text,
  telegram_unreachable text,
  utm jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (project_id, id)
);

create table identities (
  project_id text collate "C" not null,
  kind text collate "C" not null check (kind in ('email', 'phone', 'externalId')),
  value text collate "C" not null,
  customer_id text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (project_id, kind, value),
  foreign key (project_id, customer_id) references customers (project_id, id)
);
create index identities_of on identities (project_id, customer_id);
`,
}
