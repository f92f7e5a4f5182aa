export const ticketsSchema = {
  name: '0022-tickets',
  up: `
create table support_settings (
  project_id text collate "C" not null references projects (id),
  settings jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (project_id)
);

-- One row a project: whoever opens a ticket has it until its commit, so that numbers have no gaps and nobody has the same.
create table ticket_numbers (
  project_id text collate "C" not null references projects (id),
  last integer not null,
  primary key (project_id)
);

create table tickets (
  project_id text collate "C" not null references projects (id),
  id text collate "C" not null,
  lane smallint not null,
  number integer not null,
  conversation_id text collate "C" not null,
  participant_id text collate "C" not null,
  customer_id text collate "C",
  channel text not null check (channel in ('telegram', 'widget', 'api')),
  status text not null check (status in ('new', 'in-work', 'waiting', 'solved', 'closed')),
  topic text,
  subject text not null,
  priority smallint not null check (priority between 1 and 4),
  assignee_id text collate "C",
  opened_at timestamptz not null,
  first_answer_at timestamptz,
  first_answer_by text collate "C",
  first_answer_due_at timestamptz,
  resolution_due_at timestamptz,
  waited_minutes double precision not null default 0,
  solved_at timestamptz,
  closed_at timestamptz,
  snoozed_until timestamptz,
  merged_into text collate "C",
  previous_ticket_id text collate "C",
  reopens integer not null default 0,
  rating_score smallint check (rating_score between 1 and 5),
  rating_comment text,
  rated_at timestamptz,
  -- What the clock has done with it already.
  marks jsonb not null default '{}',
  event_count integer not null default 0,
  -- When the clock has something to do with it; by the project's clock.
  look_at timestamptz,
  primary key (project_id, id),
  unique (project_id, number),
  foreign key (project_id, conversation_id) references conversations (project_id, id),
  foreign key (project_id, participant_id) references chat_participants (project_id, id),
  foreign key (project_id, customer_id) references customers (project_id, id),
  foreign key (project_id, assignee_id) references agents (project_id, id),
  foreign key (project_id, first_answer_by) references agents (project_id, id),
  foreign key (project_id, merged_into) references tickets (project_id, id),
  foreign key (project_id, previous_ticket_id) references tickets (project_id, id),
  check ((merged_into is null) or status = 'closed')
);
-- A conversation is about one thing at a time.
create unique index tickets_open_conversation on tickets (project_id, conversation_id)
  where status in ('new', 'in-work', 'waiting');
create index tickets_conversation on tickets (project_id, conversation_id, number desc);
create index tickets_participant on tickets (project_id, participant_id, id desc);
create index tickets_customer on tickets (project_id, customer_id, id desc) where customer_id is not null;
create index tickets_assignee on tickets (project_id, assignee_id, id desc);
create index tickets_opened on tickets (project_id, opened_at);
create index tickets_look on tickets (lane, look_at) where look_at is not null;
create index tickets_open on tickets (lane, status) where status in ('new', 'in-work', 'waiting');

create table ticket_events (
  project_id text collate "C" not null,
  ticket_id text collate "C" not null,
  sequence integer not null,
  kind text not null,
  by_kind text not null check (by_kind in ('agent', 'customer', 'clock', 'owner')),
  by_id text collate "C",
  source text not null check (source in ('board', 'telegram', 'conversation', 'api', 'clock')),
  -- Ids and figures: what somebody wrote stands in ticket_words, so that it can be taken back.
  details jsonb not null,
  at timestamptz not null,
  primary key (project_id, ticket_id, sequence),
  foreign key (project_id, ticket_id) references tickets (project_id, id)
);
create function refuse_ticket_change() returns trigger language plpgsql as $$
begin
  raise exception 'The history of tickets is append-only: % of % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger ticket_events_append_only before update or delete on ticket_events for each row execute function refuse_ticket_change();
create trigger ticket_events_no_truncate before truncate on ticket_events for each statement execute function refuse_ticket_change();

create table ticket_words (
  project_id text collate "C" not null,
  ticket_id text collate "C" not null,
  sequence integer not null,
  text text not null,
  primary key (project_id, ticket_id, sequence),
  foreign key (project_id, ticket_id, sequence) references ticket_events (project_id, ticket_id, sequence)
);

-- How many messages an agent wrote in a ticket.
create table ticket_answers (
  project_id text collate "C" not null,
  ticket_id text collate "C" not null,
  agent_id text collate "C" not null,
  answers integer not null,
  primary key (project_id, ticket_id, agent_id),
  foreign key (project_id, ticket_id) references tickets (project_id, id),
  foreign key (project_id, agent_id) references agents (project_id, id)
);

-- What a command of an agent came to: said again, it has no other effect. Written before a bonus is given, so that the
-- day's sum of an agent holds also what is on its way.
create table agent_commands (
  project_id text collate "C" not null,
  key text collate "C" not null,
  ticket_id text collate "C" not null,
  agent_id text collate "C" not null,
  command text not null,
  -- Minor units of a bonus, and the day of the project on which it counts.
  bonus_minor bigint,
  day date not null,
  outcome jsonb,
  at timestamptz not null default now(),
  primary key (project_id, key),
  foreign key (project_id, ticket_id) references tickets (project_id, id),
  foreign key (project_id, agent_id) references agents (project_id, id)
);
create index agent_commands_bonus on agent_commands (project_id, agent_id, day) where bonus_minor is not null;

create table support_bans (
  project_id text collate "C" not null,
  participant_id text collate "C" not null,
  reason text,
  by_kind text not null,
  by_id text collate "C",
  at timestamptz not null default now(),
  primary key (project_id, participant_id),
  foreign key (project_id, participant_id) references chat_participants (project_id, id)
);

-- The Monday for which the owner was told the week before.
create table support_weeks (
  project_id text collate "C" not null references projects (id),
  week date not null,
  primary key (project_id, week)
);
`,
}
