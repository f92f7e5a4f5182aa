export const loyaltySchema = {
  name: '0004-loyalty',
  up: `
-- Moments cross the border as milliseconds since 1970.
create function ms(moment timestamptz) returns bigint language sql immutable strict parallel safe
  return (extract(epoch from moment) * 1000)::bigint;
create function at(ms bigint) returns timestamptz language sql immutable strict parallel safe
  return to_timestamp(ms / 1000.0);

create table programs (
  project_id text collate "C" not null references projects (id),
  version integer not null,
  rules jsonb not null,
  published_at timestamptz not null default now(),
  primary key (project_id, version)
);

create table accounts (
  project_id text collate "C" not null,
  customer_id text collate "C" not null,
  sequence bigint not null default 0,
  last_hash text not null default '',
  balance_minor bigint not null default 0 check (balance_minor >= 0),
  total_spent_minor bigint not null default 0,
  orders_count integer not null default 0,
  tier text,
  referral_code text collate "C" not null,
  referred_by text collate "C",
  first_order_kept_at timestamptz,
  welcomed boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (project_id, customer_id),
  foreign key (project_id, customer_id) references customers (project_id, id),
  foreign key (project_id, referred_by) references accounts (project_id, customer_id),
  check (referred_by <> customer_id)
) with (fillfactor = 70);
create unique index accounts_referral_code on accounts (referral_code, project_id);

-- A spend may come before its order: then its facts are null and the status 'expected'.
create table orders (
  project_id text collate "C" not null,
  storefront text collate "C" not null,
  order_id text collate "C" not null,
  id text collate "C" not null,
  customer_id text collate "C" not null,
  status text not null check (status in ('expected', 'created', 'paid')),
  facts jsonb,
  currency text not null,
  spent_minor bigint not null default 0 check (spent_minor >= 0),
  earned_minor bigint not null default 0 check (earned_minor >= 0),
  referred_minor bigint not null default 0 check (referred_minor >= 0),
  referrer_id text collate "C",
  terms jsonb,
  counted boolean not null default false,
  flags text[] not null default '{}',
  notes jsonb not null default '{}',
  created_at timestamptz not null,
  paid_at timestamptz,
  primary key (project_id, storefront, order_id),
  unique (project_id, id),
  foreign key (project_id, customer_id) references accounts (project_id, customer_id),
  foreign key (project_id, referrer_id) references accounts (project_id, customer_id)
) with (fillfactor = 85);

create table lots (
  project_id text collate "C" not null,
  id text collate "C" not null,
  lane smallint not null,
  customer_id text collate "C" not null,
  order_ref text collate "C",
  reason text not null,
  amount_minor bigint not null check (amount_minor > 0),
  remaining_minor bigint not null check (remaining_minor between 0 and amount_minor),
  state text not null check (state in ('pending', 'active')),
  activates_at timestamptz,
  expires_at timestamptz,
  expiry_days integer,
  created_at timestamptz not null,
  primary key (project_id, id),
  foreign key (project_id, customer_id) references accounts (project_id, customer_id),
  foreign key (project_id, order_ref) references orders (project_id, id)
) with (fillfactor = 85);
create index lots_open on lots (project_id, customer_id) where remaining_minor > 0;
create index lots_to_activate on lots (lane, activates_at) where state = 'pending' and remaining_minor > 0 and activates_at is not null;
create index lots_to_expire on lots (lane, expires_at) where state = 'active' and remaining_minor > 0 and expires_at is not null;

create table entries (
  project_id text collate "C" not null,
  customer_id text collate "C" not null,
  sequence bigint not null,
  id text collate "C" not null,
  kind text not null check (kind in ('earn', 'activate', 'hold', 'release', 'spend', 'expire', 'refund', 'reverse', 'transfer', 'adjust')),
  reason text not null,
  amount_minor bigint not null,
  movements jsonb not null,
  order_ref text collate "C",
  effect text collate "C",
  program_version integer,
  details jsonb not null,
  occurred_at timestamptz not null,
  previous_hash text not null,
  hash text not null,
  primary key (project_id, customer_id, sequence),
  foreign key (project_id, customer_id) references accounts (project_id, customer_id),
  foreign key (project_id, order_ref) references orders (project_id, id)
);
create unique index entries_by_id on entries (project_id, id);
-- The last guard of "exactly one effect", should everything above it be wrong.
create unique index entries_effects on entries (project_id, effect) where effect is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is append-only: % of % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger entries_append_only before update or delete on entries for each row execute function refuse_change();
create trigger entries_no_truncate before truncate on entries for each statement execute function refuse_change();
`,
}
