import type { ConversationEvent } from '../../domain/conversation.ts'
import type { Audience, Live, LiveFrame } from '../../ports/live.ts'
import type { EventPresenter } from '../http/present-conversation.ts'
import type { Connection } from './connection.ts'
import { encode, type Encoded } from './outlet.ts'

type Dependencies = {
  present: EventPresenter
  membersOf: (key: { projectId: string; conversationId: string }) => Audience
}

export type Connections = ReturnType<typeof openConnections>

/** Who is connected to this process, and how to reach them. */
export function openConnections({ present, membersOf }: Dependencies) {
  const all = new Set<Connection>()
  const byParticipant = new Map<string, Set<Connection>>()
  const followers = new Map<string, Set<Connection>>()
  const nameOf = (projectId: string, participantId: string) => `${projectId} ${participantId}`
  const of = (projectId: string, participantId: string): Iterable<Connection> =>
    byParticipant.get(nameOf(projectId, participantId)) ?? []

  function* everybody(projectId: string, audience: Audience): Iterable<Connection> {
    const following = followers.get(projectId)
    for (const { id } of audience)
      for (const connection of of(projectId, id)) if (following?.has(connection) !== true) yield connection
    if (following !== undefined) yield* following
  }

  function toOthers(
    projectId: string,
    audience: Audience,
    participantId: string,
    give: (one: Connection) => void,
  ): void {
    for (const connection of everybody(projectId, audience))
      if (connection.speaker.participantId !== participantId) give(connection)
  }

  function add<Key>(map: Map<Key, Set<Connection>>, key: Key, connection: Connection): void {
    const known = map.get(key)
    if (known === undefined) map.set(key, new Set([connection]))
    else known.add(connection)
  }
  function remove<Key>(map: Map<Key, Set<Connection>>, key: Key, connection: Connection): void {
    const known = map.get(key)
    known?.delete(connection)
    if (known?.size === 0) map.delete(key)
  }

  const live: Live = {
    hasAny: (projectId, audience) =>
      followers.has(projectId) || audience.some(({ id }) => byParticipant.has(nameOf(projectId, id))),

    push(event, audience) {
      // The one who left hears of it too.
      const reached = event.kind === 'membership' ? [...audience, event.member] : audience
      const encoded: { team?: Encoded; guests?: Encoded } = {}
      for (const connection of new Set(everybody(event.projectId, reached))) {
        const side = connection.isTeam && event.kind === 'membership' ? 'team' : 'guests'
        encoded[side] ??= encode(present.event(event, side === 'team'))
        connection.event(event, encoded[side])
      }
    },

    handOn(frame, audience) {
      switch (frame.kind) {
        case 'typing': {
          const { conversationId, participantId } = frame
          const typing = encode({ type: 'typing', conversationId, participantId })
          return toOthers(frame.projectId, audience, participantId, (one) => void one.out.lossy(typing))
        }
        case 'receipt': {
          const { conversationId, participantId, received, read } = frame
          const receipt = encode({ type: 'receipt', conversationId, participantId, received, read })
          const key = `${conversationId} ${participantId}`
          return toOthers(frame.projectId, audience, participantId, (one) => one.out.latest(key, receipt))
        }
        case 'signal':
          return signal(frame, audience)
        case 'presence':
          for (const conversationId of frame.conversationIds)
            toOthers(frame.projectId, membersOf({ ...frame, conversationId }), frame.participantId, (one) =>
              one.tellPresence(frame.participantId, frame.present),
            )
      }
    },
  }

  function signal(frame: LiveFrame & { kind: 'signal' }, audience: Audience): void {
    const { projectId, conversationId, participantId, sessionId, clientId, to, data } = frame
    const encoded = encode({ type: 'signal', conversationId, participantId, clientId, data })
    for (const { id } of audience)
      if (to === null || to === id)
        for (const connection of of(projectId, id))
          if (connection.sessionId !== sessionId) connection.out.lossy(encoded)
  }

  return {
    live,
    all,
    of,
    add(connection: Connection): void {
      const { projectId, speaker } = connection
      all.add(connection)
      add(byParticipant, nameOf(projectId, speaker.participantId), connection)
      if (connection.followsProject) add(followers, projectId, connection)
    },
    remove(connection: Connection): void {
      const { projectId, speaker } = connection
      all.delete(connection)
      remove(byParticipant, nameOf(projectId, speaker.participantId), connection)
      remove(followers, projectId, connection)
    },
    isHere: (projectId: string, participantId: string) => byParticipant.has(nameOf(projectId, participantId)),
    push: (event: ConversationEvent, audience: Audience) => live.push(event, audience),
  }
}
