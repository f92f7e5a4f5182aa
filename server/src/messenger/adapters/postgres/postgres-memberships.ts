import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import { partReactions, reassignReactions } from '../../domain/reassign-reactions.ts'
import type { Memberships, MovedConversation } from '../../ports/memberships.ts'

type Standing = {
  id: string
  upTo: number
  received: number
  read: number
  joinedAt: Date
  leftAt: Date | null
  isShared: boolean
}
type Pair = { projectId: string; from: string; into: string }
type Reacted = {
  conversationId: string
  sequence: number
  reactions: Record<string, string[]>
}

export const postgresMemberships: Memberships = {
  async move(transaction, projectId, from, into) {
    const sql = sqlOf(transaction)
    const pair = { projectId, from, into }
    const standings = await lock(sql, pair)
    const ids = standings.map(({ id }) => id)
    await setMergedInto(sql, projectId, from, into)
    if (ids.length === 0) return []
    const reactions = await moveReactions(sql, pair, ids)
    const moved: MovedConversation[] = []
    for (const { id, upTo, isShared, received, read, joinedAt, leftAt } of standings) {
      moved.push({
        id,
        upTo,
        ...(isShared && {
          shared: {
            ...(await moveShared(sql, pair, id)),
            received,
            read,
            joinedAt: joinedAt.toISOString(),
            leftAt: leftAt?.toISOString() ?? null,
          },
        }),
        reactions: reactions
          .filter(({ conversationId }) => conversationId === id)
          .map(({ conversationId: _, ...one }) => one),
      })
    }
    const alone = standings.flatMap(({ id, isShared }) => (isShared ? [] : [id]))
    // Its messages and files follow by their foreign keys.
    await sql.query(
      `update conversation_participants set participant_id = $3
       where project_id = $1 and participant_id = $2 and conversation_id = any($4)`,
      [projectId, from, into, alone],
    )
    for (const id of alone) {
      await moveDeeds(sql, pair, id)
      await moveMentions(sql, pair, id)
    }
    await renew(sql, projectId, ids)
    return moved
  },

  async moveBack(transaction, projectId, from, into, moved) {
    const sql = sqlOf(transaction)
    const ids = moved.map(({ id }) => id).sort()
    await setMergedInto(sql, projectId, from, null)
    if (ids.length === 0) return
    await sql.query(
      `select 1 from conversations where project_id = $1 and id = any($2) order by id for update`,
      [projectId, ids],
    )
    const back = { projectId, from: into, into: from }
    for (const { id, upTo, shared, reactions } of moved) {
      await (shared === undefined ? partAlone(sql, back, id, upTo) : partShared(sql, back, id, shared))
      await partReactionsIn(sql, { projectId, from, into }, id, reactions)
    }
    await renew(sql, projectId, ids)
  },
}

/** Conversations in the order of their ids, as whoever writes into them locks them; what stands in them is read after that. */
async function lock(sql: Sql, { projectId, from, into }: Pair): Promise<Standing[]> {
  await sql.query(
    `select 1 from conversations c where project_id = $1 and id in (
       select conversation_id from conversation_participants where project_id = $1 and participant_id = $2)
     order by id for update`,
    [projectId, from],
  )
  return sql.query<Standing>(
    `select c.id, c.last_sequence as "upTo", m.received, m.read, m.joined_at as "joinedAt", m.left_at as "leftAt",
       exists (select from conversation_participants o
         where o.project_id = $1 and o.conversation_id = c.id and o.participant_id = $3) as "isShared"
     from conversation_participants m join conversations c on c.project_id = m.project_id and c.id = m.conversation_id
     where m.project_id = $1 and m.participant_id = $2 order by c.id`,
    [projectId, from, into],
  )
}

async function moveShared(
  sql: Sql,
  { projectId, from, into }: Pair,
  id: string,
): Promise<{ messages: number[]; files: string[]; deeds: number[]; mentions: number[] }> {
  // Both may have said something by the same client id: the copy's gets an ending of its own.
  const messages = await sql.query<{ sequence: number }>(
    `update messages m set sender_id = $3, client_id = case when exists (select from messages o
         where o.project_id = $1 and o.conversation_id = $4 and o.sender_id = $3 and o.client_id = m.client_id)
       then m.client_id || '~' || m.id else m.client_id end
     where m.project_id = $1 and m.conversation_id = $4 and m.sender_id = $2 returning m.sequence`,
    [projectId, from, into, id],
  )
  const files = await sql.query<{ id: string }>(
    `update chat_attachments a set sender_id = $3, client_id = case when exists (select from chat_attachments o
         where o.project_id = $1 and o.conversation_id = $4 and o.sender_id = $3 and o.client_id = a.client_id)
       then a.client_id || '~' || a.id else a.client_id end
     where a.project_id = $1 and a.conversation_id = $4 and a.sender_id = $2 returning a.id`,
    [projectId, from, into, id],
  )
  const deeds = await moveDeeds(sql, { projectId, from, into }, id)
  const mentions = await moveMentions(sql, { projectId, from, into }, id)
  await sql.query(
    `update conversation_participants i set received = greatest(i.received, f.received), read = greatest(i.read, f.read),
       joined_at = least(i.joined_at, f.joined_at),
       left_at = case when i.left_at is null or f.left_at is null then null else greatest(i.left_at, f.left_at) end
     from conversation_participants f where i.project_id = $1 and i.conversation_id = $4 and i.participant_id = $3
       and f.project_id = $1 and f.conversation_id = $4 and f.participant_id = $2`,
    [projectId, from, into, id],
  )
  await sql.query(
    `delete from conversation_participants where project_id = $1 and conversation_id = $3 and participant_id = $2`,
    [projectId, from, id],
  )
  return {
    messages: messages.map(({ sequence }) => sequence),
    files: files.map((file) => file.id),
    deeds,
    mentions,
  }
}

type Only = { upTo?: number; sequences?: number[] }
const ONLY = `($5::bigint is null or sequence <= $5) and ($6::bigint[] is null or sequence = any($6)) returning sequence`

/** What it did in a conversation: all of it, up to a sequence, or these. */
async function moveDeeds(
  sql: Sql,
  { projectId, from, into }: Pair,
  id: string,
  { upTo, sequences }: Only = {},
): Promise<number[]> {
  const rows = await sql.query<{ sequence: number }>(
    `update conversation_changes set participant_id = $3
     where project_id = $1 and conversation_id = $4 and participant_id = $2 and ${ONLY}`,
    [projectId, from, into, id, upTo ?? null, sequences ?? null],
  )
  return rows.map(({ sequence }) => sequence)
}

/** That it came or went. */
async function moveMentions(
  sql: Sql,
  { projectId, from, into }: Pair,
  id: string,
  { upTo, sequences }: Only = {},
): Promise<number[]> {
  const rows = await sql.query<{ sequence: number }>(
    `update conversation_changes set details = jsonb_set(details, '{memberId}', to_jsonb($3::text))
     where project_id = $1 and conversation_id = $4 and details->>'memberId' = $2 and ${ONLY}`,
    [projectId, from, into, id, upTo ?? null, sequences ?? null],
  )
  return rows.map(({ sequence }) => sequence)
}

async function moveReactions(sql: Sql, { projectId, from, into }: Pair, ids: string[]) {
  const rows = await sql.query<Reacted>(
    `select conversation_id as "conversationId", sequence, reactions from messages
     where project_id = $1 and conversation_id = any($2) and reactions @? ('$.*[*] ? (@ == "' || $3::text || '")')::jsonpath`,
    [projectId, ids, from],
  )
  const moved: (MovedConversation['reactions'][number] & { conversationId: string })[] = []
  for (const { conversationId, sequence, reactions: before } of rows) {
    const { reactions, reassigned } = reassignReactions(before, from, into)
    await writeReactions(sql, projectId, { conversationId, sequence, reactions })
    moved.push(...reassigned.map((one) => ({ ...one, sequence, conversationId })))
  }
  return moved
}

async function partReactionsIn(
  sql: Sql,
  { projectId, from, into }: Pair,
  conversationId: string,
  moved: MovedConversation['reactions'],
): Promise<void> {
  const rows = await sql.query<Reacted>(
    `select sequence, reactions from messages
     where project_id = $1 and conversation_id = $2 and sequence = any($3) and reactions is not null`,
    [projectId, conversationId, moved.map(({ sequence }) => sequence)],
  )
  for (const { sequence, reactions: now } of rows) {
    const reactions = partReactions(now, from, into, moved.filter((one) => one.sequence === sequence)) // prettier-ignore
    await writeReactions(sql, projectId, { conversationId, sequence, reactions })
  }
}

async function writeReactions(
  sql: Sql,
  projectId: string,
  { conversationId, sequence, reactions }: { conversationId: string; sequence: number; reactions: object },
): Promise<void> {
  await sql.query(
    `update messages set reactions = $4 where project_id = $1 and conversation_id = $2 and sequence = $3`,
    [projectId, conversationId, sequence, JSON.stringify(reactions)],
  )
}

/** Everything that was there when they became one goes back; whoever spoke here since takes part too. */
async function partAlone(sql: Sql, { projectId, from, into }: Pair, id: string, upTo: number): Promise<void> {
  await sql.query(
    `insert into conversation_participants (project_id, conversation_id, participant_id, received, read, joined_at, left_at)
     select project_id, conversation_id, $3, received, read, joined_at, left_at from conversation_participants
     where project_id = $1 and conversation_id = $4 and participant_id = $2 on conflict do nothing`,
    [projectId, from, into, id],
  )
  await sql.query(
    `update messages set sender_id = $3
     where project_id = $1 and conversation_id = $4 and sender_id = $2 and sequence <= $5`,
    [projectId, from, into, id, upTo],
  )
  await sql.query(
    `update chat_attachments set sender_id = $3
     where project_id = $1 and conversation_id = $4 and sender_id = $2 and message_sequence <= $5`,
    [projectId, from, into, id, upTo],
  )
  await moveDeeds(sql, { projectId, from, into }, id, { upTo })
  await moveMentions(sql, { projectId, from, into }, id, { upTo })
  await sql.query(
    `delete from conversation_participants p where project_id = $1 and conversation_id = $3 and participant_id = $2
       and not exists (select from messages where project_id = $1 and conversation_id = $3 and sender_id = $2)
       and not exists (select from chat_attachments where project_id = $1 and conversation_id = $3 and sender_id = $2)`,
    [projectId, from, id],
  )
}

async function partShared(
  sql: Sql,
  { projectId, from, into }: Pair,
  id: string,
  {
    received,
    read,
    joinedAt,
    leftAt,
    messages,
    files,
    deeds,
    mentions,
  }: NonNullable<MovedConversation['shared']>,
): Promise<void> {
  await sql.query(
    `insert into conversation_participants (project_id, conversation_id, participant_id, received, read, joined_at, left_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [projectId, id, into, received, read, joinedAt, leftAt],
  )
  await sql.query(
    `update messages set sender_id = $3
     where project_id = $1 and conversation_id = $4 and sender_id = $2 and sequence = any($5)`,
    [projectId, from, into, id, messages],
  )
  await sql.query(
    `update chat_attachments set sender_id = $3
     where project_id = $1 and conversation_id = $4 and sender_id = $2 and id = any($5)`,
    [projectId, from, into, id, files],
  )
  await moveDeeds(sql, { projectId, from, into }, id, { sequences: deeds })
  await moveMentions(sql, { projectId, from, into }, id, { sequences: mentions })
}

async function setMergedInto(sql: Sql, projectId: string, id: string, into: string | null): Promise<void> {
  await sql.query(`update chat_participants set merged_into = $3 where project_id = $1 and id = $2`, [
    projectId,
    id,
    into,
  ])
}

/** Another epoch: clients forget what they have and ask anew. */
async function renew(sql: Sql, projectId: string, ids: string[]): Promise<void> {
  await sql.query(`update conversations set epoch = epoch + 1 where project_id = $1 and id = any($2)`, [
    projectId,
    ids,
  ])
}
