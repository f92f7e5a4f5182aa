import type {
  AttachmentOfMessage,
  ConversationEvent,
  Message,
  ParticipantKind,
} from '../../domain/conversation.ts'

export type MessageRow = {
  projectId: string
  conversationId: string
  id: string
  sequence: number
  senderId: string
  senderKind: ParticipantKind
  senderName: string | null
  clientId: string
  text: string | null
  attachmentId: string | null
  replyTo: string | null
  reactions: Record<string, string[]> | null
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
}

export type EventRow = Omit<MessageRow, 'id' | 'createdAt'> & {
  /** Of the wish that it answers. */
  place: number
  kind: ConversationEvent['kind']
  at: Date
  participantId: string | null
  messageId: string | null
  details: Record<string, unknown>
  memberId: string | null
  memberKind: ParticipantKind | null
  memberName: string | null
  memberCustomerId: string | null
  memberAgentId: string | null
}

type Files = ReadonlyMap<string, AttachmentOfMessage>

export const MESSAGE = `m.project_id as "projectId", m.conversation_id as "conversationId", m.id, m.sequence,
  m.sender_id as "senderId", s.kind as "senderKind", s.name as "senderName", m.client_id as "clientId", m.text,
  m.attachment_id as "attachmentId", m.reply_to as "replyTo", m.reactions, m.created_at as "createdAt",
  m.edited_at as "editedAt", m.deleted_at as "deletedAt"
  from messages m join chat_participants s on s.project_id = m.project_id and s.id = m.sender_id`

/** Messages and changes of many conversations, each in one order. */
export const EVENTS = {
  name: 'chat-events',
  text: `select w.place, w.project_id as "projectId", w.conversation_id as "conversationId", e.*,
      s.kind as "senderKind", s.name as "senderName",
      a.id as "memberId", a.kind as "memberKind", a.name as "memberName", a.customer_id as "memberCustomerId", a.agent_id as "memberAgentId"
    from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) with ordinality as w(project_id, conversation_id, after, up_to, place)
    cross join lateral (
      select * from (
        (select 'message' as kind, m.sequence, m.created_at as at, m.sender_id as "participantId", m.id as "messageId",
            m.client_id as "clientId", m.text, m.attachment_id as "attachmentId", m.reply_to as "replyTo", m.reactions,
            m.edited_at as "editedAt", m.deleted_at as "deletedAt", '{}'::jsonb as details
          from messages m where m.project_id = w.project_id and m.conversation_id = w.conversation_id
            and m.sequence > w.after and m.sequence <= w.up_to order by m.sequence desc limit $5)
        union all
        (select c.kind, c.sequence, c.at, c.participant_id, c.message_id, null,
            case when c.kind = 'edited' then (select t.text from messages t where t.project_id = c.project_id and t.id = c.message_id) end,
            null, null, null, null, null, c.details
          from conversation_changes c where c.project_id = w.project_id and c.conversation_id = w.conversation_id
            and c.sequence > w.after and c.sequence <= w.up_to order by c.sequence desc limit $5)
      ) as both_kinds order by sequence desc limit $5
    ) as e
    left join chat_participants s on s.project_id = w.project_id and s.id = e."participantId"
    left join chat_participants a on a.project_id = w.project_id and a.id = e.details ->> 'memberId'
    order by w.place, e.sequence`,
}

export function messageOf(row: MessageRow, files: Files): Message {
  const { projectId: _, senderId, senderKind, senderName, attachmentId, reactions, ...message } = row
  return {
    ...message,
    sender: { id: senderId, kind: senderKind, name: senderName },
    attachment: attachmentId === null || row.deletedAt !== null ? null : (files.get(attachmentId) ?? null),
    reactions: reactions ?? {},
  }
}

export function eventOf(row: EventRow, files: Files): ConversationEvent {
  const { projectId, conversationId, sequence, at, participantId, kind, details } = row
  const happened = { projectId, conversationId, sequence, at, participantId }
  switch (kind) {
    case 'message': {
      const { place: _0, kind: _, at: createdAt, participantId: senderId, messageId, ...rest } = row
      const {
        details: _1,
        memberId: _2,
        memberKind: _3,
        memberName: _4,
        memberCustomerId: _5,
        memberAgentId: _6,
        ...own
      } = rest
      const message = messageOf({ ...own, id: messageId!, senderId: senderId!, createdAt }, files)
      return { ...happened, kind, message }
    }
    case 'edited':
      return { ...happened, kind, messageId: row.messageId!, text: row.text }
    case 'deleted':
      return { ...happened, kind, messageId: row.messageId! }
    case 'reacted':
      return {
        ...happened,
        kind,
        messageId: row.messageId!,
        emoji: String(details.emoji),
        on: details.on === true,
      }
    case 'membership':
      return {
        ...happened,
        kind,
        change: details.change as 'joined' | 'left',
        member: {
          id: row.memberId ?? String(details.memberId),
          kind: row.memberKind ?? 'visitor',
          name: row.memberName,
          customerId: row.memberCustomerId,
          agentId: row.memberAgentId,
        },
      }
    case 'status':
      return {
        ...happened,
        kind,
        status: details.status as 'open' | 'closed',
        subject: (details.subject as string | null | undefined) ?? null,
      }
  }
}
