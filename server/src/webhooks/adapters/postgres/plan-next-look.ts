/**
 * When these endpoints are to be looked at next: at the first delivery that waits, at the next probe while they fail, not before
 * the end of a pause that they asked for. Whoever runs it holds their locks, so that nothing is added unseen.
 */
export const PLAN_NEXT_LOOK = `update webhook_endpoints e set due_at = case when e.status = 'enabled' then (
    select case when d.forced then greatest(clock_timestamp(), d.next_attempt_at - make_interval(secs => e.clock_offset_ms / 1000.0)) else greatest(
      case when e.health ->> 'state' = 'failing' then ${healthInstant('nextProbeAt')} else d.next_attempt_at end,
      ${healthInstant('pausedUntil')}) - make_interval(secs => e.clock_offset_ms / 1000.0) end
    from webhook_deliveries d where d.project_id = e.project_id and d.endpoint_id = e.id and d.status = 'waiting'
    order by d.next_attempt_at limit 1) end
  from jsonb_to_recordset($1::jsonb) as n("projectId" text, id text) where e.project_id = n."projectId" and e.id = n.id`

/** An instant in an endpoint's health, by its project's clock. */
export function healthInstant(name: string): string {
  return `to_timestamp((e.health ->> '${name}')::float8 / 1000)`
}
