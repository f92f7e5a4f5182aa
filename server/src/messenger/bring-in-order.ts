import type { ConversationEvent } from './domain/conversation.ts'
import { nameOf, type Conversations } from './know-conversations.ts'
import type { ConversationKey } from './ports/conversation-store.ts'
import type { Live } from './ports/live.ts'
import type { MessageLog } from './ports/message-log.ts'

type Dependencies = {
  log: Pick<MessageLog, 'events'>
  live: Live
  conversations: Conversations
  onFault: (error: unknown) => void
}

/** `pushed`: up to where those who are here have been sent everything. `wanted`: what is known to exist. */
type Course = { pushed: number; wanted: number; isLoading: boolean }

const MOST = 50_000
const PIECE = 200

export type Bring = ReturnType<typeof bringInOrder>

/**
 * Events to those who are connected here, of each conversation in the order of its sequences: one that comes too early waits
 * until what is before it has been read from the log.
 */
export function bringInOrder({ log, live, conversations, onFault }: Dependencies) {
  const courses = new Map<string, Course>()

  function courseOf(name: string, pushed: number): Course {
    const known = courses.get(name)
    if (known !== undefined) return known
    const course = { pushed, wanted: pushed, isLoading: false }
    courses.set(name, course)
    if (courses.size > MOST) courses.delete(courses.keys().next().value!)
    return course
  }

  async function load(key: ConversationKey, course: Course): Promise<void> {
    course.isLoading = true
    try {
      while (course.pushed < course.wanted) {
        // Each time: somebody who came in while the last piece was read has to hear of the next one.
        const [standing] = await conversations.of([key])
        if (standing === undefined) return
        const upTo = Math.min(course.wanted, course.pushed + PIECE)
        const [events] = await log.events([{ ...key, after: course.pushed, upTo }], PIECE)
        for (const event of events!) live.push(event, standing.members)
        course.pushed = Math.max(upTo, events!.at(-1)?.sequence ?? 0)
      }
    } catch (error) {
      // They find out by the next event, the next ping or the relay.
      onFault(error)
    } finally {
      course.isLoading = false
    }
  }

  function want(key: ConversationKey, course: Course, sequence: number): void {
    course.wanted = Math.max(course.wanted, sequence)
    if (!course.isLoading) void load(key, course)
  }

  return {
    event(event: ConversationEvent): void {
      const standing = conversations.peek(event)
      const { projectId, conversationId, sequence } = event
      const course = courseOf(nameOf(event), sequence - 1)
      if (sequence <= course.pushed) return
      if (standing === undefined || course.isLoading || sequence > course.pushed + 1)
        return want({ projectId, conversationId }, course, sequence)
      course.pushed = sequence
      course.wanted = Math.max(course.wanted, sequence)
      live.push(event, standing.members)
    },

    /** Something happened, as another process or the relay says; it is read from the log if somebody here should hear it. */
    async woken(keys: readonly (ConversationKey & { sequence: number })[]): Promise<void> {
      const standings = await conversations.of(keys)
      keys.forEach(({ sequence, ...key }, index) => {
        const standing = standings[index]
        const course = courses.get(nameOf(key))
        if (standing === undefined || !live.hasAny(key.projectId, standing.members))
          return void courses.delete(nameOf(key))
        const current = course ?? courseOf(nameOf(key), sequence - 1)
        if (sequence > current.pushed) want(key, current, sequence)
      })
    },

    /** Somebody who came has been sent everything up to there. */
    known(key: ConversationKey, sequence: number): void {
      courseOf(nameOf(key), sequence)
    },

    forget: (key: ConversationKey) => void courses.delete(nameOf(key)),
  }
}
