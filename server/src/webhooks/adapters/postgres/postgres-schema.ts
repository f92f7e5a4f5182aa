export const webhooksSchema = {
  name: '0015-webhooks',
  up: `
create table webhook_endpoints (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  lane smallint not null,
  url text not null,
  description text,
  events text[] not null,
  secrets bytea not null,
  status text not null check (status in ('enabled', 'disabled')),
  disabled_because text check (disabled_because in ('owner', 'gone', 'failing')),
  health jsonb not null,
  -- When to look next, by the database's clock; null while nothing waits or nothing may go out.
  due_at timestamptz,
  clock_offset_ms bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Nobody sees it any more; its deliveries go piece by piece, then the row.
  removed_at timestamptz,
  primary key (project_id, id),
  check ((status = 'disabled') = (disabled_because is not null))
) with (fillfactor = 50);
create index webhook_endpoints_removed on webhook_endpoints (lane) where removed_at is not null;
create index webhook_endpoints_due on webhook_endpoints (lane, due_at) where due_at is not null;

-- The newest number of each resource; of the project itself (resource ''), its position.
create table webhook_sequences (
  project_id text collate "C" not null references projects (id),
  resource text collate "C" not null,
  last bigint not null,
  primary key (project_id, resource)
) with (fillfactor = 50);

create table webhook_events (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  lane smallint not null,
  position bigint not null,
  type text not null,
  -- Null: about no customer, or a sample about none that there is.
  customer_id text collate "C",
  body text not null,
  -- By the project's clock.
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (project_id, id),
  unique (project_id, position),
  foreign key (project_id, customer_id) references customers (project_id, id)
);
create index webhook_events_of_customer on webhook_events (project_id, customer_id, position) where customer_id is not null;
create index webhook_events_of_type on webhook_events (project_id, type, position);
create index webhook_events_old on webhook_events (lane, recorded_at);

create table webhook_deliveries (
  project_id text collate "C" not null,
  id text collate "C" not null,
  endpoint_id text collate "C" not null,
  event_id text collate "C" not null,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'failed')),
  -- Asked for by hand: goes out also while the endpoint is failing.
  forced boolean not null default false,
  attempts smallint not null default 0,
  attempts_count integer not null default 0,
  -- By the project's clock; while it is being sent, the end of the hold.
  next_attempt_at timestamptz not null,
  last_error text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (project_id, id),
  foreign key (project_id, endpoint_id) references webhook_endpoints (project_id, id) on delete cascade,
  foreign key (project_id, event_id) references webhook_events (project_id, id) on delete cascade
) with (fillfactor = 70);
create unique index webhook_deliveries_once on webhook_deliveries (project_id, endpoint_id, event_id);
create index webhook_deliveries_waiting on webhook_deliveries (project_id, endpoint_id, next_attempt_at) where status = 'waiting';
create index webhook_deliveries_of_endpoint on webhook_deliveries (project_id, endpoint_id, id);
create index webhook_deliveries_of_event on webhook_deliveries (project_id, event_id);

create table webhook_attempts (
  project_id text collate "C" not null,
  delivery_id text collate "C" not null,
  number integer not null,
  at timestamptz not null,
  url text not null,
  status smallint,
  error text,
  duration_ms integer not null,
  address text,
  response_headers jsonb not null,
  response_body text,
  primary key (project_id, delivery_id, number),
  foreign key (project_id, delivery_id) references webhook_deliveries (project_id, id) on delete cascade
);

create table webhook_replays (
  project_id text collate "C" not null,
  id text collate "C" not null,
  lane smallint not null,
  endpoint_id text collate "C" not null,
  state text not null default 'running' check (state in ('running', 'finished')),
  from_at timestamptz,
  until_at timestamptz not null,
  types text[] not null,
  statuses text[] not null,
  -- Positions in between are gone through; later events are none of its business.
  after_position bigint not null default 0,
  last_position bigint not null,
  events_count bigint not null,
  replayed_count bigint not null default 0,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (project_id, id),
  foreign key (project_id, endpoint_id) references webhook_endpoints (project_id, id) on delete cascade
);
create unique index webhook_replays_running on webhook_replays (project_id, endpoint_id) where state = 'running';
create index webhook_replays_next on webhook_replays (lane, id) where state = 'running';
create index webhook_replays_of_endpoint on webhook_replays (project_id, endpoint_id);

-- Relayed in the order of the changes: the customers' locks give it, the database's one clock writes it down.
drop index outbox_waiting;
create index outbox_waiting on outbox_events (lane, occurred_at, id) where relayed_at is null;
`,
}
