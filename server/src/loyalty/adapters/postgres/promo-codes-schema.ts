/** Codes by which an order names its hold when it comes: our own, and those that a shop imported. */
export const promoCodesSchema = {
  name: '0030-promo-codes',
  up: `
alter table holds
  add column reservation text collate "C",
  -- Expired since or not: whoever owns the bonuses had said yes, or had not been asked.
  add column confirmed_at timestamptz;
update holds set confirmed_at = created_at where state in ('active', 'captured');
create unique index holds_reservation on holds (project_id, reservation) where reservation is not null;

-- Given once: a code that has had a hold, or came with an order that had none, is never given again.
create table promo_codes (
  project_id text collate "C" not null references projects (id),
  -- Folded, as codes are compared.
  key text collate "C" not null,
  code text collate "C" not null,
  nominal_minor bigint not null check (nominal_minor > 0),
  hold_id text collate "C",
  -- What the customer called the request that it was given for.
  request text collate "C",
  spoiled_at timestamptz,
  imported_at timestamptz not null default now(),
  primary key (project_id, key),
  foreign key (project_id, hold_id) references holds (project_id, id)
);
create index promo_codes_free on promo_codes (project_id, nominal_minor, key) where hold_id is null and spoiled_at is null;
create unique index promo_codes_of_hold on promo_codes (project_id, hold_id) where hold_id is not null;
`,
}
