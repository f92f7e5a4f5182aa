/** Moments are read by the million: a function that says more of itself than its body may claim is called, not inlined, and costs twenty times as much. */
export const momentsSchema = {
  name: '0013-moments',
  up: `
create or replace function ms(moment timestamptz) returns bigint language sql stable strict parallel safe
  return (date_part('epoch', moment) * 1000)::bigint;
`,
}
