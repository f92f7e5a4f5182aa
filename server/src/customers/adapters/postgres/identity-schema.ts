export const customerIdentitySchema = {
  name: '0011-customer-identity',
  up: `
alter table customers
  add column merged_into text collate "C",
  add column erased_at timestamptz,
  add foreign key (project_id, merged_into) references customers (project_id, id),
  add check (merged_into <> id);
create index customers_merged on customers (project_id, merged_into) where merged_into is not null;
create index customers_birthdays on customers
  (project_id, ((extract(month from birthday) * 100 + extract(day from birthday))::int), id)
  where birthday is not null and merged_into is null and erased_at is null;

create table merges (
  project_id text collate "C" not null,
  id text collate "C" not null,
  from_id text collate "C" not null,
  into_id text collate "C" not null,
  reason text,
  record jsonb not null,
  merged_at timestamptz not null default clock_timestamp(),
  undone_at timestamptz,
  primary key (project_id, id),
  foreign key (project_id, from_id) references customers (project_id, id),
  foreign key (project_id, into_id) references customers (project_id, id),
  check (from_id <> into_id)
);
create index merges_from on merges (project_id, from_id, id);
create index merges_into on merges (project_id, into_id, id);
-- A customer is part of one other at a time.
create unique index merges_standing on merges (project_id, from_id) where undone_at is null;

-- Who a customer is today: the end of the chain of merges. Null when there is no such customer.
create function surviving_customer(project text, customer text) returns text language sql stable strict as $$
  with recursive chain as (
    select id, merged_into from customers where project_id = project and id = customer
    union all
    select c.id, c.merged_into from chain join customers c on c.project_id = project and c.id = chain.merged_into
  )
  select id from chain where merged_into is null
$$;

-- All who are part of a customer today, without itself.
create function merged_customers(project text, customer text) returns text[] language sql stable strict as $$
  with recursive family as (
    select id from customers where project_id = project and merged_into = customer
    union all
    select c.id from family join customers c on c.project_id = project and c.merged_into = family.id
  )
  select coalesce(array_agg(id order by id), '{}') from family
$$;
`,
}
