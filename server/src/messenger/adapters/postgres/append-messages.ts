export type AppendedRow = { place: number; id: string; sequence: number; at: Date; repeated: boolean }

/**
 * Many messages, each of another client id, one statement, one commit. Conversations are locked in the order of their ids, so
 * that two writers never wait for each other in a circle. What is there already is found before numbers are given, so that
 * none is left out.
 */
export const APPEND = {
  name: 'chat-append',
  text: `with said as materialized (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
        with ordinality as s(project_id, conversation_id, sender_id, client_id, id, text, attachment_id, reply_to, place)
    ), locked as materialized (
      select c.project_id, c.id, c.last_sequence from conversations c
      where (c.project_id, c.id) in (select project_id, conversation_id from said)
      order by c.project_id, c.id for update
    ), known as materialized (
      select s.place, m.id, m.sequence, m.created_at as at from said s
      join messages m on m.project_id = s.project_id and m.conversation_id = s.conversation_id
        and m.sender_id = s.sender_id and m.client_id = s.client_id
    ), numbered as materialized (
      select s.*, l.last_sequence + row_number() over (partition by s.project_id, s.conversation_id order by s.place) as sequence
      from said s join conversation_participants p on p.project_id = s.project_id
        and p.conversation_id = s.conversation_id and p.participant_id = s.sender_id and p.left_at is null
      join locked l on l.project_id = s.project_id and l.id = s.conversation_id
      where s.place not in (select place from known)
    ), inserted as (
      insert into messages (project_id, conversation_id, sequence, id, sender_id, client_id, text, attachment_id, reply_to, created_at)
      select project_id, conversation_id, sequence, id, sender_id, client_id, text, attachment_id, reply_to, statement_timestamp()
      from numbered
    ), moved as (
      update conversations c set last_sequence = n.top, status = 'open',
        due_at = coalesce(c.due_at, statement_timestamp() + interval '2 seconds')
      from (select project_id, conversation_id, max(sequence) as top from numbered group by 1, 2) as n
      where c.project_id = n.project_id and c.id = n.conversation_id
    )
    select place, id, sequence, at, true as repeated from known
    union all
    select place, id, sequence, statement_timestamp(), false from numbered`,
}
