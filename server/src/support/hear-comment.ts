import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Outcome } from '../kernel/line.ts'
import type { Locale } from '../kernel/locale.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Agent } from './domain/agent.ts'
import type { BoardFile, BoardNote } from './domain/board-news.ts'
import { boardTexts } from './domain/board-texts.ts'
import { isMarked, type Board } from './domain/board.ts'
import type { Ticket } from './domain/ticket.ts'
import type { NoFile } from './ports/board-api.ts'
import type { BoardStore, Comment } from './ports/board-store.ts'
import type { Rooms } from './ports/rooms.ts'
import type { AgentWords, By, ReadAgentWords, Tickets } from './ports/tickets.ts'
import type { ShowOnBoard } from './show-on-board.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: Pick<BoardStore, 'comment' | 'putComment'>
  /** Of whoever wrote it; undefined of somebody who is no agent here. */
  agentOf: (board: Board, uid: string) => Promise<Agent | undefined>
  tickets: Pick<Tickets, 'note'>
  readWords: ReadAgentWords
  rooms: () => Rooms
  show: Pick<ShowOnBoard, 'say'>
  /** Whom somebody speaks as who is no agent here. */
  botOf: (projectId: string) => Promise<{ participantId: string }>
  download: (projectId: string, file: BoardFile) => Promise<Uint8Array | NoFile>
  localeOf: (projectId: string) => Promise<Locale>
  hash: (text: string) => string
  tell: (refusal: Refusal, locale: Locale) => string
}

type Where = { projectId: string; conversationId: string; participantId: string }
type About = Comment['about']
type Scene = { board: Board; ticket: Ticket; note: BoardNote; agent: Agent | undefined; where: Where }

const MEGABYTE = 1_048_576
const PENDING_MS = 1_000
const MOST_PARTS = 10
const DONE: Outcome = { outcome: 'done' }

/** A comment of somebody else than us: spoken to the customer, kept as a note, or obeyed. Heard twice, it has one effect. */
export function hearComment(dependencies: Dependencies) {
  const { unitOfWork, boards, agentOf, tickets, readWords, rooms, show, botOf } = dependencies
  const { download, localeOf, hash, tell } = dependencies

  const textsOf = async (projectId: string) => boardTexts(await localeOf(projectId))
  const say = (ticket: Ticket, key: string, content: string) =>
    unitOfWork((transaction) => show.say(transaction, ticket, key, content))

  function remember({ ticket, note }: Scene, kind: Comment['kind'], about: About): Promise<void> {
    const facts = { commentId: note.id, ticketId: ticket.id, isOurs: false, hash: hash(note.content) }
    return unitOfWork((transaction) =>
      boards.putComment(transaction, ticket.projectId, { ...facts, kind, about }),
    )
  }

  const read = ({ board, ticket, note, agent }: Scene): Promise<AgentWords> =>
    note.content.trim() === ''
      ? Promise.resolve({ kind: 'answer', markdown: '' })
      : readWords({
          ...{ projectId: board.projectId, ticket, agentId: agent?.id },
          ...{ markdown: note.content.trim(), key: `td:${note.id}`, source: 'board' as const },
        })

  async function keepNote(scene: Scene, markdown: string): Promise<Outcome> {
    const { ticket, note, agent } = scene
    const by: By = { by: { kind: 'agent', id: agent?.id ?? null }, source: 'board' }
    const facts = {
      commentId: note.id,
      ticketId: ticket.id,
      isOurs: false,
      about: null,
      hash: hash(note.content),
    }
    await unitOfWork(async (transaction) => {
      await tickets.note(transaction, ticket.projectId, ticket.id, markdown, by)
      await boards.putComment(transaction, ticket.projectId, { ...facts, kind: 'note' })
    })
    return DONE
  }

  async function obey(scene: Scene, reply: string): Promise<Outcome> {
    await say(scene.ticket, `reply:${scene.note.id}`, reply)
    await remember(scene, 'done', null)
    return DONE
  }

  async function answer(scene: Scene, markdown: string): Promise<Outcome> {
    const { board, ticket, note, agent } = scene
    const file = note.file === null ? undefined : await download(board.projectId, note.file)
    if (file === 'gone')
      return { outcome: 'later', afterMs: PENDING_MS, why: 'its file is not there yet', counts: true }
    if (agent === undefined) await tellStranger(board, ticket, note.authorUid)
    const said = await speak(scene, markdown, file)
    if (said !== undefined && isRefusal(said)) {
      const locale = await localeOf(board.projectId)
      await say(ticket, `refused:${note.id}`, boardTexts(locale).notSent(tell(said, locale)))
    }
    const { conversationId } = ticket
    const about = said === undefined || isRefusal(said) ? null : { conversationId, messageId: said.messageId }
    await remember(scene, 'answer', about)
    return DONE
  }

  async function speak(
    { board, ticket, note, where }: Scene,
    markdown: string,
    bytes: Uint8Array | 'too-large' | 'elsewhere' | undefined,
  ): Promise<{ messageId: string } | Refusal | undefined> {
    const clientId = `td:${note.id}`
    const only = (words: string) =>
      words === '' ? Promise.resolve(undefined) : rooms().say(where, { clientId, markdown: words })
    if (bytes === undefined) return only(markdown)
    const file = note.file!
    if (bytes === 'elsewhere') return only(`${markdown}\n${file.url}`.trim())
    if (bytes === 'too-large') {
      const { tooLarge } = await textsOf(board.projectId)
      await say(ticket, `too-large:${note.id}`, tooLarge(file.name, Math.ceil((file.size ?? 0) / MEGABYTE)))
      return only(markdown)
    }
    return rooms().sayFile(where, {
      clientId,
      name: file.name,
      type: file.type,
      size: bytes.length,
      markdown: markdown === '' ? null : markdown,
      bytes: () => Promise.resolve(bytes),
    })
  }

  /** All that it was said in. */
  async function takeBack({ where, note }: Scene, about: NonNullable<About>): Promise<void> {
    const at = { ...where, conversationId: about.conversationId }
    const first = await rooms().find(at, `td:${note.id}`)
    for (let part = 1; first !== undefined && part < MOST_PARTS; part++) {
      const more = await rooms().find(at, `td:${note.id}:${part}`)
      if (more === undefined) break
      await rooms().remove(at, more)
    }
    await rooms().remove(at, first ?? about.messageId)
  }

  async function edited(scene: Scene, known: Comment): Promise<Outcome> {
    const { ticket, note, where } = scene
    if (note.isDeleted) {
      if (known.about !== null) await takeBack(scene, known.about)
      return DONE
    }
    if (known.hash === hash(note.content) || known.kind === 'done') return DONE
    const words = await read(scene)
    if (words.kind === 'done') return obey(scene, words.reply)
    if (words.kind === 'note') {
      if (known.about !== null) await takeBack(scene, known.about)
      return keepNote(scene, words.markdown)
    }
    if (known.about === null) return known.kind === 'note' ? answer(scene, words.markdown) : DONE
    const { conversationId, messageId } = known.about
    const refusal = await rooms().edit({ ...where, conversationId }, messageId, words.markdown)
    if (refusal !== undefined) {
      const locale = await localeOf(ticket.projectId)
      const why = boardTexts(locale).notSent(tell(refusal, locale))
      await say(ticket, `edit:${note.id}:${hash(note.content)}`, why)
    }
    await remember(scene, known.kind, known.about)
    return DONE
  }

  /** Once for each of them on a ticket. */
  async function tellStranger({ projectId, people }: Board, ticket: Ticket, uid: string): Promise<void> {
    const { stranger } = await textsOf(projectId)
    await say(ticket, `stranger:${uid}`, stranger(people[uid]?.name ?? uid))
  }

  return async (board: Board, ticket: Ticket, note: BoardNote): Promise<Outcome> => {
    const { projectId, conversationId } = ticket
    const known = await boards.comment(projectId, note.id)
    // The account may be somebody's own: who wrote it says nothing alone.
    if (known?.isOurs === true || (note.authorUid === board.accountId && isMarked(note.content))) return DONE
    if (known === undefined && note.isDeleted) return DONE
    const agent = await agentOf(board, note.authorUid)
    const { participantId } = agent ?? (await botOf(projectId))
    const scene: Scene = { board, ticket, note, agent, where: { projectId, conversationId, participantId } }
    if (known !== undefined) return edited(scene, known)
    const words = await read(scene)
    if (words.kind === 'note') return keepNote(scene, words.markdown)
    return words.kind === 'done' ? obey(scene, words.reply) : answer(scene, words.markdown)
  }
}
