export const inboxSchema = {
  name: '0002-inbox',
  up: `
create table inbox_items (
  project_id text collate "C" not null,
  id text collate "C" not null,
  lane smallint not null,
  status text not null check (status in ('accepted', 'processed', 'refused', 'dead', 'rejected', 'repeated', 'flagged', 'ignored')),
  format text not null,
  action text,
  storefront text,
  order_id text,
  claim_key text,
  command jsonb,
  contacts text[] not null default '{}',
  parent_id text collate "C",
  line integer,
  repeat_of text collate "C",
  body text,
  remote_address text,
  http_status smallint,
  duration_ms real,
  request_id text,
  refusal jsonb,
  result jsonb,
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null default now(),
  reason text,
  received_at timestamptz not null,
  finished_at timestamptz,
  primary key (project_id, id)
) with (fillfactor = 80);

-- Claimed before the effect: the same order can be accepted once.
create unique index inbox_claims on inbox_items (project_id, claim_key) where claim_key is not null;
create index inbox_open on inbox_items (project_id, id) where status = 'accepted';
create index inbox_due on inbox_items (lane, project_id, next_attempt_at) where status = 'accepted';
create index inbox_orders on inbox_items (project_id, order_id, id) where order_id is not null;
create index inbox_children on inbox_items (project_id, parent_id, line) where parent_id is not null;
create index inbox_dead on inbox_items (project_id, id) where status in ('dead', 'flagged');
create index inbox_bodies on inbox_items (lane, received_at) where body is not null and status not in ('accepted', 'dead');
`,
}
