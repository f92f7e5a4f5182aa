export const idempotencySchema = {
  name: '0008-idempotency-keys',
  up: `
create table idempotency_keys (
  project_id text collate "C" not null references projects (id),
  key text collate "C" not null,
  lane smallint not null,
  fingerprint bytea not null,
  holder uuid not null,
  claimed_at timestamptz not null,
  -- Null while it runs.
  status smallint,
  body text,
  primary key (project_id, key)
);
create index idempotency_keys_old on idempotency_keys (lane, claimed_at);
`,
}
