export const bookProofsSchema = {
  name: '0010-book-proofs',
  up: `
-- Of the installation, not of a project. Whoever reads this table alone cannot sign.
create table proof_keys (
  number integer primary key,
  id text collate "C" not null unique,
  public_key text not null,
  sealed bytea not null,
  created_at timestamptz not null default now()
);

create table book_checkpoints (
  project_id text collate "C" not null references projects (id),
  number bigint not null,
  id text collate "C" not null,
  root text not null,
  previous_root text,
  taken_at timestamptz not null,
  accounts bigint not null,
  entries bigint not null,
  problems_count integer not null,
  problems jsonb not null,
  key_id text not null,
  signature text not null,
  primary key (project_id, number),
  unique (project_id, id)
);

-- A head that did not move since the checkpoint before has no row of its own. No reference to accounts: it must outlive one that is taken away.
create table book_heads (
  project_id text collate "C" not null,
  customer_id text collate "C" not null,
  number bigint not null,
  sequence bigint not null,
  hash text not null,
  primary key (project_id, customer_id, number),
  foreign key (project_id, customer_id) references customers (project_id, id)
);

create trigger book_checkpoints_append_only before update or delete on book_checkpoints for each row execute function refuse_change();
create trigger book_checkpoints_no_truncate before truncate on book_checkpoints for each statement execute function refuse_change();
create trigger book_heads_append_only before update or delete on book_heads for each row execute function refuse_change();
create trigger book_heads_no_truncate before truncate on book_heads for each statement execute function refuse_change();

-- One row a project: when it is due, and the run that is under way.
create table book_proofs (
  project_id text collate "C" primary key references projects (id),
  lane smallint not null,
  due_at timestamptz,
  run jsonb,
  last_number bigint not null default 0,
  broken_books integer not null default 0
) with (fillfactor = 70);
create index book_proofs_due on book_proofs (lane, due_at);
insert into book_proofs (project_id, lane) select id, lane from projects;
`,
}
