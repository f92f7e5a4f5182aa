export const linesSchema = {
  name: '0020-lines',
  up: `
-- What must be done in order: one after the other within a line, lines side by side.
create table lines (
  project_id text collate "C" not null references projects (id),
  queue text not null,
  line text collate "C" not null,
  is_waiting boolean not null,
  -- Raised with each new item: whoever empties the line sees whether something came meanwhile.
  version bigint not null default 1,
  next_at timestamptz not null default now(),
  holder text,
  held_until timestamptz not null default '-infinity',
  primary key (project_id, queue, line)
) with (fillfactor = 50);
create index lines_due on lines (queue, next_at) where is_waiting;

create table line_items (
  project_id text collate "C" not null,
  queue text not null,
  -- The same key is the same item.
  key text collate "C" not null,
  line text collate "C" not null,
  id bigint generated always as identity,
  -- Null once it is done.
  body jsonb,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  attempts integer not null default 0,
  problem text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (project_id, queue, key),
  foreign key (project_id, queue, line) references lines (project_id, queue, line)
) with (fillfactor = 70);
create index line_items_waiting on line_items (project_id, queue, line, id) where state = 'waiting';
create index line_items_dead on line_items (project_id, queue, id) where state = 'dead';
create index line_items_done on line_items (finished_at) where state = 'done';
`,
}

export const heldLinesSchema = {
  name: '0028-held-lines',
  up: `
alter table line_items drop constraint line_items_state_check;
alter table line_items add check (state in ('waiting', 'held', 'done', 'dead'));
create index line_items_held on line_items (project_id, queue, line) where state = 'held';
`,
}
