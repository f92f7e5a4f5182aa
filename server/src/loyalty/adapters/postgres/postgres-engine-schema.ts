/** What the loyalty engine needs beyond earning and spending: orders as full state, holds, debt, tiers in time, limits. */
export const loyaltyEngineSchema = {
  name: '0012-loyalty-engine',
  up: `
alter table accounts
  drop constraint accounts_balance_minor_check,
  add column lane smallint not null default 0,
  add column debt_minor bigint not null default 0 check (debt_minor >= 0),
  add column tier_lapses_at timestamptz,
  add column tier_review_at timestamptz,
  add column referral text not null default 'none' check (referral in ('none', 'accepted', 'qualified', 'review', 'rejected')),
  add column referred_at timestamptz,
  add column referral_doubt text,
  add column first_order_ref text collate "C",
  add column birthday_at timestamptz,
  add column reminded_until timestamptz,
  add column merged_into text collate "C",
  add column erased boolean not null default false,
  -- When time will next change something: in the project's time, which a sandbox moves.
  add column due_at timestamptz,
  add foreign key (project_id, merged_into) references accounts (project_id, customer_id);
update accounts set referral = case when orders_count > 0 then 'qualified' else 'accepted' end where referred_by is not null;
update accounts a set lane = p.lane from projects p where p.id = a.project_id;
update accounts a set due_at = l.due from (
    select project_id, customer_id, min(case state when 'pending' then activates_at else expires_at end) as due
    from lots where remaining_minor > 0 group by 1, 2
  ) as l where l.project_id = a.project_id and l.customer_id = a.customer_id;
create index accounts_due on accounts (lane, due_at) where due_at is not null;
create index accounts_in_review on accounts (project_id, customer_id) where referral = 'review';
create index accounts_friends on accounts (project_id, referred_by, referred_at) where referred_by is not null;

alter table orders
  drop constraint orders_status_check,
  add check (status in ('expected', 'created', 'paid', 'fulfilled', 'cancelled', 'refunded', 'partially_refunded')),
  add column facts_stage text not null default 'created' check (facts_stage in ('created', 'paid', 'fulfilled')),
  add column fulfilled_at timestamptz,
  add column cancelled_at timestamptz,
  add column refunds jsonb not null default '[]',
  add column refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  add column spent_from jsonb not null default '[]',
  add column returned_minor bigint not null default 0 check (returned_minor between 0 and spent_minor),
  -- Below zero: taken back though the order would have kept it.
  add column forgiven_minor bigint not null default 0,
  add column lapsed_minor bigint not null default 0 check (lapsed_minor >= 0),
  add column counted_minor bigint,
  add column counted_at timestamptz,
  add column revision integer not null default 0;
update orders set
  facts_stage = case when paid_at is null then 'created' else 'paid' end,
  counted_minor = case when counted then greatest(0, (facts ->> 'amountMinor')::bigint - spent_minor) end,
  counted_at = case when counted then coalesce(paid_at, created_at) end;
update orders o set spent_from = e.movements from entries e
  where e.project_id = o.project_id and e.order_ref = o.id and e.kind = 'spend';
alter table orders drop column counted;
create index orders_counted on orders (project_id, customer_id, counted_at) where counted_minor is not null;
create index orders_of on orders (project_id, customer_id, created_at);

alter table lots
  add column origin_id text collate "C",
  add column expiry_months smallint not null default 0,
  add column expiry_end_of text not null default 'none' check (expiry_end_of in ('none', 'day', 'month', 'quarter', 'year'));
-- The account knows when its next lot is due: one index is enough.
drop index lots_to_activate;
drop index lots_to_expire;

alter table entries add column debt_minor bigint not null default 0;

create index lots_of_order on lots (project_id, order_ref) where order_ref is not null;

create table holds (
  project_id text collate "C" not null,
  id text collate "C" not null,
  customer_id text collate "C" not null,
  storefront text collate "C" not null,
  order_id text collate "C" not null,
  amount_minor bigint not null check (amount_minor > 0),
  pins jsonb not null,
  state text not null check (state in ('awaiting-confirmation', 'active', 'captured', 'voided', 'expired')),
  captured_minor bigint not null default 0 check (captured_minor between 0 and amount_minor),
  order_amount_minor bigint,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (project_id, id),
  foreign key (project_id, customer_id) references accounts (project_id, customer_id)
);
create index holds_of on holds (project_id, customer_id, id);
-- The last guard of one open hold of a customer for an order.
create unique index holds_open on holds (project_id, customer_id, storefront, order_id) where state in ('awaiting-confirmation', 'active');

-- What capped rules have promised so far.
create table rule_budgets (
  project_id text collate "C" not null references projects (id),
  rule_id text collate "C" not null,
  used_minor bigint not null,
  primary key (project_id, rule_id)
);

-- What counts against the limits of a day.
create table limit_uses (
  project_id text collate "C" not null references projects (id),
  day integer not null,
  kind text collate "C" not null,
  subject text collate "C" not null,
  used_minor bigint not null,
  primary key (project_id, day, kind, subject)
);

-- How far the tasks of each day have come.
create table daily_tasks (
  project_id text collate "C" not null references projects (id),
  task text collate "C" not null,
  day integer not null,
  from_day integer not null,
  cursor text collate "C",
  primary key (project_id, task)
);

create table alerts (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  type text not null,
  customer_id text collate "C",
  details jsonb not null,
  at timestamptz not null default now(),
  primary key (project_id, id),
  foreign key (project_id, customer_id) references accounts (project_id, customer_id)
);
`,
}
