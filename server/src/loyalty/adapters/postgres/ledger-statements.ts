/** Each writes all rows of a slice: `$1` the project, `$2` the rows as JSON. */
export const ORDERS_UPSERT = {
  name: 'orders-upsert',
  text: `insert into orders (project_id, storefront, order_id, id, customer_id, status, facts, facts_stage, currency, paid_at,
      fulfilled_at, cancelled_at, refunds, refunded_minor, terms, spent_minor, spent_from, returned_minor, earned_minor,
      referred_minor, referrer_id, forgiven_minor, lapsed_minor, counted_minor, counted_at, revision, flags, notes, created_at)
    select $1, storefront, "orderId", id, "customerId", status, facts, "factsStage", currency, at("paidAt"),
      at("fulfilledAt"), at("cancelledAt"), refunds, "refundedMinor", terms, "spentMinor", "spentFrom", "returnedMinor",
      "earnedMinor", "referredMinor", "referrerId", "forgivenMinor", "lapsedMinor", "countedMinor", at("countedAt"), revision, flags, notes,
      at("createdAt")
    from jsonb_to_recordset($2::jsonb) as o(storefront text, "orderId" text, id text, "customerId" text, status text, facts jsonb,
      "factsStage" text, currency text, "paidAt" bigint, "fulfilledAt" bigint, "cancelledAt" bigint, refunds jsonb,
      "refundedMinor" bigint, terms jsonb, "spentMinor" bigint, "spentFrom" jsonb, "returnedMinor" bigint, "earnedMinor" bigint,
      "referredMinor" bigint, "referrerId" text, "forgivenMinor" bigint, "lapsedMinor" bigint, "countedMinor" bigint, "countedAt" bigint,
      revision int, flags text[], notes jsonb, "createdAt" bigint)
    on conflict (project_id, id) do update set status = excluded.status, customer_id = excluded.customer_id,
      facts = excluded.facts, facts_stage = excluded.facts_stage, paid_at = excluded.paid_at,
      fulfilled_at = excluded.fulfilled_at, cancelled_at = excluded.cancelled_at, refunds = excluded.refunds,
      refunded_minor = excluded.refunded_minor, terms = excluded.terms, spent_minor = excluded.spent_minor,
      spent_from = excluded.spent_from, returned_minor = excluded.returned_minor, earned_minor = excluded.earned_minor,
      referred_minor = excluded.referred_minor, referrer_id = excluded.referrer_id, forgiven_minor = excluded.forgiven_minor, lapsed_minor = excluded.lapsed_minor,
      counted_minor = excluded.counted_minor, counted_at = excluded.counted_at, revision = excluded.revision,
      flags = excluded.flags, notes = excluded.notes`,
}

export const LOTS_UPSERT = {
  name: 'lots-upsert',
  text: `insert into lots (project_id, lane, id, origin_id, customer_id, order_ref, reason, amount_minor, remaining_minor, state,
      activates_at, expires_at, expiry_days, expiry_months, expiry_end_of, created_at)
    select $1, $3, id, "originId", "customerId", "orderRef", reason, "amountMinor", "remainingMinor", state, at("activatesAt"),
      at("expiresAt"), "expiryDays", "expiryMonths", "expiryEndOf", at("createdAt")
    from jsonb_to_recordset($2::jsonb) as l(id text, "originId" text, "customerId" text, "orderRef" text, reason text,
      "amountMinor" bigint, "remainingMinor" bigint, state text, "activatesAt" bigint, "expiresAt" bigint, "expiryDays" int,
      "expiryMonths" int, "expiryEndOf" text, "createdAt" bigint)
    on conflict (project_id, id) do update set remaining_minor = excluded.remaining_minor, state = excluded.state,
      activates_at = excluded.activates_at, expires_at = excluded.expires_at`,
}

export const ENTRIES_INSERT = {
  name: 'entries-insert',
  text: `insert into entries (project_id, customer_id, sequence, id, kind, reason, amount_minor, movements, debt_minor, order_ref,
      effect, program_version, details, occurred_at, previous_hash, hash)
    select $1, "customerId", sequence, id, kind, reason, "amountMinor", movements, "debtMinor", "orderRef", effect,
      "programVersion", details, at("occurredAt"), "previousHash", hash
    from jsonb_to_recordset($2::jsonb) as e("customerId" text, sequence bigint, id text, kind text, reason text, "amountMinor" bigint,
      movements jsonb, "debtMinor" bigint, "orderRef" text, effect text, "programVersion" int, details jsonb,
      "occurredAt" bigint, "previousHash" text, hash text)`,
}

export const ACCOUNTS_UPDATE = {
  name: 'accounts-update',
  text: `update accounts a set sequence = n.sequence, last_hash = n."lastHash", balance_minor = n."balanceMinor",
      total_spent_minor = n."totalSpentMinor", orders_count = n."ordersCount", tier = n.tier,
      tier_lapses_at = at(n."tierLapsesAt"), tier_review_at = at(n."tierReviewAt"), referred_by = n."referredBy",
      referral = n.referral, referred_at = at(n."referredAt"), referral_doubt = n."referralDoubt",
      first_order_kept_at = at(n."firstOrderKeptAt"), first_order_ref = n."firstOrderRef", welcomed = n.welcomed,
      birthday_at = at(n."birthdayAt"), debt_minor = n."debtMinor", reminded_until = at(n."remindedUntil"),
      merged_into = n."mergedInto", erased = n.erased, due_at = at(n."dueAt")
    from jsonb_to_recordset($2::jsonb) as n("customerId" text, sequence bigint, "lastHash" text, "balanceMinor" bigint,
      "totalSpentMinor" bigint, "ordersCount" int, tier text, "tierLapsesAt" bigint, "tierReviewAt" bigint, "referredBy" text,
      referral text, "referredAt" bigint, "referralDoubt" text, "firstOrderKeptAt" bigint, "firstOrderRef" text,
      welcomed boolean, "birthdayAt" bigint, "debtMinor" bigint, "remindedUntil" bigint, "mergedInto" text, erased boolean, "dueAt" bigint)
    where a.project_id = $1 and a.customer_id = any($3) and a.customer_id = n."customerId"`,
}

export const HOLDS_UPSERT = {
  name: 'holds-upsert',
  text: `insert into holds (project_id, id, customer_id, storefront, order_id, amount_minor, pins, state, captured_minor,
      order_amount_minor, reservation, confirmed_at, expires_at, created_at)
    select $1, id, "customerId", storefront, "orderId", "amountMinor", pins, state, "capturedMinor", "orderAmountMinor",
      reservation, at("confirmedAt"), at("expiresAt"), at("createdAt")
    from jsonb_to_recordset($2::jsonb) as h(id text, "customerId" text, storefront text, "orderId" text, "amountMinor" bigint,
      pins jsonb, state text, "capturedMinor" bigint, "orderAmountMinor" bigint, reservation text, "confirmedAt" bigint,
      "expiresAt" bigint, "createdAt" bigint)
    on conflict (project_id, id) do update set state = excluded.state, captured_minor = excluded.captured_minor,
      storefront = excluded.storefront, order_id = excluded.order_id, confirmed_at = excluded.confirmed_at, customer_id = excluded.customer_id, pins = excluded.pins`,
}

export const BUDGETS_ADD = {
  name: 'rule-budgets-add',
  text: `insert into rule_budgets (project_id, rule_id, used_minor)
    select $1, "ruleId", "usedMinor" from jsonb_to_recordset($2::jsonb) as b("ruleId" text, "usedMinor" bigint) order by 2
    on conflict (project_id, rule_id) do update
      set used_minor = least(rule_budgets.used_minor + excluded.used_minor, 9007199254740991)`,
}

export const USES_ADD = {
  name: 'limit-uses-add',
  text: `insert into limit_uses (project_id, day, kind, subject, used_minor)
    select $1, day, kind, subject, "usedMinor"
    from jsonb_to_recordset($2::jsonb) as u(day int, kind text, subject text, "usedMinor" bigint) order by 3, 4
    on conflict (project_id, day, kind, subject) do update
      set used_minor = least(limit_uses.used_minor + excluded.used_minor, 9007199254740991)`,
}

export const ALERTS_INSERT = {
  name: 'alerts-insert',
  text: `insert into alerts (project_id, id, type, customer_id, details)
    select $1, id, type, "customerId", details
    from jsonb_to_recordset($2::jsonb) as a(id text, type text, "customerId" text, details jsonb)`,
}
