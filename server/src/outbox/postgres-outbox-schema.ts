export const outboxSchema = {
  name: '0005-outbox',
  up: `
create table outbox_events (
  project_id text collate "C" not null,
  id text collate "C" not null,
  lane smallint not null,
  type text not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  relayed_at timestamptz,
  primary key (project_id, id)
) with (fillfactor = 80);
create index outbox_waiting on outbox_events (lane, id) where relayed_at is null;
`,
}
