import { isRefusal } from '../../kernel/refusal.ts'
import { ConcurrentChange } from '../../kernel/retryable-error.ts'
import { showBonuses } from '../domain/show-amount.ts'
import { writeText, type TextKey } from '../domain/texts.ts'
import type { Contact } from '../domain/update.ts'
import type { Chat, Pocket, Tickets } from '../ports/neighbours.ts'
import type { Link, Links } from '../ports/links.ts'
import type { People } from '../ports/people.ts'
import type { AskHolds } from './ask-holds.ts'
import { button, menuOf } from './menu.ts'
import type { Speaking, Turn } from './open-turn.ts'
import { PENDING_MS } from './write-message.ts'

type Dependencies = {
  people: Pick<People, 'change' | 'find' | 'link' | 'ofCustomer' | 'unlink'>
  tickets: Pick<Tickets, 'ban' | 'isBanned'>
  links: Links
  chat: Chat
  pocket: Pick<Pocket, 'of' | 'enrolByPhone' | 'linkTelegram' | 'holds'>
  holds: Pick<AskHolds, 'ask' | 'answerLinked'>
}

const MOST_JOINED = 5
const MOST_KNOWN_AS = 20
const LAST_WORDS = 3
const LONGEST_WORDS = 300

/** Which customer somebody in Telegram is: proven by the own contact, or by a link that opens once. */
export function linkAccount({ people, tickets, links, chat, pocket, holds }: Dependencies) {
  /** One account for one person. Whoever had it before has it no more, unless it is to be `untaken`. */
  async function linkTo(
    turn: Turn,
    named: string,
    { by, head, untaken = false }: { by: 'contact' | 'link'; head: TextKey; untaken?: boolean },
  ): Promise<void> {
    const { projectId, chatId, person } = turn
    const account = await pocket.of(projectId, named)
    const { customerId } = account ?? { customerId: named }
    const visitor = person.customerId === null ? person.participantId : undefined
    const name = account?.name ?? person.name
    const participant = account && (await chat.become(projectId, { customerId, name }, visitor))
    if (account === undefined || participant === undefined)
      throw new ConcurrentChange(`${customerId} was merged or erased while it was linked`)
    turn.within(async (transaction) => {
      if (person.customerId !== null && person.customerId !== customerId)
        await pocket.linkTelegram(projectId, person.customerId, null, transaction)
      const refused = await pocket.linkTelegram(projectId, customerId, chatId, transaction)
      if (refused !== undefined) throw new ConcurrentChange(`${customerId} was erased while it was linked`)
      const former = await people.link(transaction, projectId, chatId, {
        customerId,
        participantId: participant.id,
        by,
      })
      if (former === undefined) return
      const { locale, blocked } = (await people.find(projectId, former)) ?? {}
      if (untaken && blocked === null)
        throw new ConcurrentChange(`${customerId} was linked elsewhere while it was linked`)
      const text = writeText(turn.own, locale ?? turn.shop.locale, 'linkedElsewhere')
      const key = `u:${chatId}:${turn.updateId}:former`
      turn.sendTo([{ projectId, chatId: former, key, call: { method: 'sendMessage', text } }])
    })
    turn.person = {
      ...person,
      customerId,
      linkedBy: by,
      participantId: participant.id,
      pending: null,
    } satisfies Speaking
    const { amount: balance, bonuses } = showBonuses(turn.locale, account.balance)
    const lines = [turn.text(head), turn.text('balance', { balance, bonuses })]
    turn.sayLines(lines, { keyboard: menuOf(turn) })
    holds.ask(turn, await pocket.holds.awaiting(projectId, customerId))
    // Whoever has just come by a link is busy with its page; an older one has been left.
    const link =
      by === 'contact' ? await links.waiting(projectId, chatId, turn.shop.clockOffsetMs) : undefined
    if (link !== undefined) askIfOnSite(turn, link)
  }

  function askIfOnSite(turn: Turn, { id: linkId, code }: Link): void {
    const answers = [
      button(turn.label('buttonYes'), { kind: 'site', linkId, yes: true }),
      button(turn.label('buttonNo'), { kind: 'site', linkId, yes: false }),
    ]
    turn.say('siteAsk', { shop: turn.shop.name, code }, { keyboard: { inline: [answers] } })
  }

  /** What the page waits for, while it does. */
  async function awaited({ projectId, holdId, customerId }: Link) {
    const hold = holdId === null ? undefined : await pocket.holds.find(projectId, holdId)
    return hold?.state === 'awaiting-confirmation' && hold.customerId === customerId ? hold : undefined
  }

  /**
   * Whoever has the browser is not yet whoever owns the bonuses: a link from a page takes the account from nobody who can
   * let it go. One that the shop has made does: it knows to whom it gives it.
   */
  async function isTaken({ projectId, chatId }: Turn, { participantId, customerId }: Link): Promise<boolean> {
    if (participantId === null) return false
    const owner = await people.ofCustomer(undefined, projectId, customerId!)
    return owner !== undefined && owner.telegramId !== chatId && owner.blocked === null
  }

  async function askForAccount(turn: Turn, link: Link): Promise<void> {
    const { id: linkId, customerId, code } = link
    const { projectId, person } = turn
    if (person.customerId === customerId) {
      turn.within((transaction) =>
        links.answer(transaction, projectId, linkId, { state: 'confirmed', customerId }),
      )
      return turn.say('linkedAlready', {}, { keyboard: menuOf(turn) })
    }
    if (await isTaken(turn, link)) {
      turn.within((transaction) =>
        links.answer(transaction, projectId, linkId, { state: 'declined', customerId: null }),
      )
      return turn.say('linkTaken', {}, { keyboard: menuOf(turn) })
    }
    const account = (await pocket.of(projectId, customerId!))?.name ?? turn.shop.name
    const hold = await awaited(link)
    const lines = [
      hold === undefined
        ? turn.text('linkAsk', { account, code })
        : turn.text('linkAndSpendAsk', { account, code, ...showBonuses(turn.locale, hold.amount) }),
      ...(person.customerId === null ? [] : [turn.text('linkAskAgain')]),
    ]
    const answers = [
      button(turn.label('buttonYes'), { kind: 'link', linkId, yes: true }),
      button(turn.label('buttonNo'), { kind: 'link', linkId, yes: false }),
    ]
    turn.sayLines(lines, { keyboard: { inline: [answers] } })
  }

  /** The thread of the page goes on here, for both of them. */
  async function joinPage(turn: Turn, link: Link): Promise<void> {
    const { projectId, person } = turn
    const visitorId = link.participantId!
    const conversations = await chat.openOf(projectId, visitorId, MOST_JOINED)
    for (const conversationId of conversations)
      await chat.join({ projectId, conversationId }, person.participantId)
    const [newest] = conversations
    if (newest === undefined) {
      turn.say('welcome', { name: person.name, shop: turn.shop.name }, { keyboard: menuOf(turn) })
    } else {
      const knownAs = [...new Set([...person.knownAs, visitorId])].slice(-MOST_KNOWN_AS)
      turn.change({ conversationId: newest, knownAs, pending: null })
      const words = await chat.lastWords(projectId, newest, LAST_WORDS)
      const lines = words.map(({ participantId, name, text }) =>
        turn.text('siteLine', {
          who: participantId === visitorId ? turn.label('siteYou') : (name ?? turn.shop.name),
          text: text === null ? turn.label('siteFile') : shortened(text),
        }),
      )
      const head = turn.text('siteJoined', { shop: turn.shop.name, code: link.code })
      turn.sayLines([head, ...lines], { keyboard: menuOf(turn) })
    }
    if (person.customerId !== null) askIfOnSite(turn, link)
    else turn.say('siteUnlinked', { shop: turn.shop.name, code: link.code })
  }

  async function enrol(turn: Turn, phone: string): Promise<void> {
    const { projectId, chatId, person } = turn
    const enrolled = await pocket.enrolByPhone(projectId, phone, person.name, chatId)
    if (isRefusal(enrolled)) return turn.say('contactUnusable', {}, { keyboard: menuOf(turn) })
    if (person.customerId === enrolled.customerId) return turn.say('linkedAlready', {}, { keyboard: menuOf(turn) }) // prettier-ignore
    await linkTo(turn, enrolled.customerId, { by: 'contact', head: 'linked' })
  }

  return {
    /** Anybody can send anybody's contact: only the own one proves something. */
    async byContact(turn: Turn, { phone, userId }: Contact): Promise<void> {
      const { person } = turn
      if (userId !== person.telegramId) return turn.say('contactForeign', {}, { keyboard: menuOf(turn) })
      if (person.customerId === null) return enrol(turn, phone)
      turn.change({ pending: { kind: 'relink', phone, at: Date.now() } })
      const answers = [
        button(turn.label('buttonYes'), { kind: 'relink', yes: true }),
        button(turn.label('buttonNo'), { kind: 'relink', yes: false }),
      ]
      turn.say('relinkAsk', {}, { keyboard: { inline: [answers] } })
    },

    async answerRelink(turn: Turn, yes: boolean, messageId: number | null): Promise<void> {
      const { pending } = turn.person
      if (pending?.kind !== 'relink' || Date.now() - pending.at > PENDING_MS)
        return turn.alert('alertPressOld')
      turn.change({ pending: null })
      turn.replace(messageId, turn.text(yes ? 'relinkAsk' : 'linkDeclined'), { inline: [] })
      if (yes) await enrol(turn, pending.phone)
    },

    async byToken(turn: Turn, token: string): Promise<void> {
      const { projectId, chatId, updateId, shop } = turn
      const link = await links.open(projectId, token, chatId, shop.clockOffsetMs, updateId)
      if (link === undefined) return turn.say('linkUnusable', {}, { keyboard: menuOf(turn) })
      await (link.customerId === null ? joinPage(turn, link) : askForAccount(turn, link))
    },

    async answerLink(
      turn: Turn,
      { kind, linkId, yes }: { kind: 'link' | 'site'; linkId: string; yes: boolean },
      messageId: number | null,
    ): Promise<void> {
      const { projectId, chatId, person, shop } = turn
      const link = await links.asked(projectId, linkId, chatId, shop.clockOffsetMs)
      const isPage = link?.customerId === null
      if (link === undefined || isPage !== (kind === 'site') || (isPage && person.customerId === null))
        return turn.alert('alertPressOld')
      const customerId = link.customerId ?? person.customerId
      const isRefused = yes && !isPage && (await isTaken(turn, link))
      const isConfirmed = yes && !isRefused
      turn.within((transaction) =>
        links.answer(transaction, projectId, linkId, {
          state: isConfirmed ? 'confirmed' : 'declined',
          customerId: isConfirmed ? customerId : null,
        }),
      )
      if (isRefused) return turn.replace(messageId, turn.text('linkTaken'), { inline: [] })
      if (isPage) return turn.replace(messageId, turn.text(yes ? 'siteConfirmed' : 'siteDeclined'), { inline: [] }) // prettier-ignore
      // Only what the question was about: after a merge it may be another customer's.
      const hold = await awaited(link)
      const ended = hold && (await holds.answerLinked(turn, yes ? 'confirm' : 'decline', hold))
      const lines = [turn.text(yes ? 'linked' : 'linkDeclined'), ...(ended === undefined ? [] : [ended])]
      turn.replace(messageId, lines.join('\n'), { inline: [] })
      if (yes) await linkTo(turn, customerId!, { by: 'link', head: 'menu', untaken: link.participantId !== null }) // prettier-ignore
    },

    /** From here on it is a visitor like others. */
    async unlink(turn: Turn, messageId: number | null): Promise<void> {
      const { projectId, chatId, person } = turn
      if (person.customerId === null) return turn.alert('alertPressOld')
      const { customerId } = person
      // Whoever is banned is so as a visitor, too: it is the same one who writes.
      const isBanned = await tickets.isBanned(projectId, person.participantId)
      const visitor = isBanned ? await chat.newVisitor(projectId, person.name) : undefined
      turn.within(async (transaction) => {
        await pocket.linkTelegram(projectId, customerId, null, transaction)
        await people.unlink(transaction, projectId, chatId)
        if (visitor === undefined) return
        await people.change(transaction, projectId, chatId, { participantId: visitor.id })
        const by = { by: { kind: 'clock', id: null }, source: 'telegram' } as const
        await tickets.ban(transaction, projectId, visitor.id, null, by)
      })
      turn.person = { ...person, customerId: null, linkedBy: null }
      turn.replace(messageId, turn.text('unlinked'), { inline: [] })
      turn.say('menu', {}, { keyboard: menuOf(turn) })
    },
  }
}

export type LinkAccount = ReturnType<typeof linkAccount>

function shortened(text: string): string {
  return text.length <= LONGEST_WORDS ? text : `${text.slice(0, LONGEST_WORDS - 1)}…`
}
