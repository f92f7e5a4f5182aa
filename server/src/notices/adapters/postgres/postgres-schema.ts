export const noticesSchema = {
  name: '0006-notices',
  up: `
create table notices (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  lane smallint not null,
  event_id text collate "C" not null,
  customer_id text collate "C" not null,
  channel text not null,
  address text not null,
  text text not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed', 'unreachable')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  problem text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (project_id, id),
  foreign key (project_id, customer_id) references customers (project_id, id)
) with (fillfactor = 80);
-- The relay may see an event twice; the customer must not.
create unique index notices_once on notices (project_id, event_id, channel, customer_id);
create index notices_due on notices (lane, next_attempt_at) where status = 'waiting';
create index notices_waiting on notices (project_id, channel, id) where status = 'waiting';
`,
}
