import type { Locale } from '../kernel/locale.ts'
import type { Agent } from './domain/agent.ts'
import { replyIn } from './domain/agent-replies.ts'
import { dateIn } from './domain/business-time.ts'
import { fillTemplate } from './domain/fill-template.ts'
import { readWords } from './domain/read-words.ts'
import type { SupportSettings } from './domain/support-settings.ts'
import type { Ticket } from './domain/ticket.ts'
import { doCommand } from './do-command.ts'
import { giveBonus } from './give-bonus.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { LocaleOf, PocketOf } from './ports/neighbours.ts'
import type { ReadAgentWords } from './ports/tickets.ts'

type Dependencies = Parameters<typeof doCommand>[0] &
  Omit<Parameters<typeof giveBonus>[0], 'shopOf'> & {
    agents: Pick<AgentStore, 'find'>
    shopOf: (projectId: string) => Promise<{ name: string; locale: Locale; currency: string }>
    pocketOf: PocketOf
    localeOf: LocaleOf
  }

/**
 * What an agent's comment comes to: something for the customer, something for the team, or a command that is done here, once
 * for its key, and answered.
 */
export function readAgentWords(dependencies: Dependencies): ReadAgentWords {
  const { agents, settingOf, shopOf, unitOfWork, store, commands } = dependencies
  const obey = doCommand(dependencies)
  const give = giveBonus(dependencies)

  return async ({ projectId, ticket, agentId, markdown, key, source }) => {
    const { settings } = await settingOf(projectId, 0)
    const words = readWords(markdown, settings)
    if (words.kind === 'answer' || words.kind === 'note') return words
    const { locale } = await shopOf(projectId)
    const reply = replyIn(locale)
    const done = (text: string) => ({ kind: 'done' as const, reply: text })
    const agent = agentId === undefined ? undefined : await agents.find(projectId, agentId)
    if (agent?.active !== true) return done(reply('stranger'))
    const help = reply('help', { prefixes: settings.notePrefixes.join(', ') })
    if (words.kind === 'unknown') return done(reply('unknown', { command: words.name, help }))
    const { name, rest } = words
    if (name === 'help') return done(help)
    if (name === 'tpl') {
      const text = await canned(ticket, agent, rest, settings)
      if (text !== undefined) return { kind: 'answer', markdown: text }
      const templates = settings.answers.map((one) => one.name).join(', ') || '—'
      return done(reply('no-template', { name: rest, templates }))
    }
    const asked = { projectId, ticket, agent, command: name, rest, key, source, reply }
    if (name === 'bonus') return done(await give(asked))
    return done(
      await unitOfWork(async (transaction) => {
        await commands.turnOf(transaction, projectId, agent.id)
        const before = await commands.find(transaction, projectId, key)
        if (before?.reply !== undefined) return before.reply
        const { now, time } = await settingOf(projectId, await store.now(transaction))
        const text = await obey(transaction, asked, now)
        await commands.add(
          transaction,
          {
            ...{ projectId, key, ticketId: ticket.id, agentId: agent.id, command: name },
            ...{ bonusMinor: null, day: dateIn(time.timeZone, now) },
          },
          text,
        )
        return text
      }),
    )
  }

  /** In the customer's language, if the shop has it. */
  async function canned(
    ticket: Ticket,
    agent: Agent,
    said: string,
    settings: SupportSettings,
  ): Promise<string | undefined> {
    const { projectId, customerId } = ticket
    const name = said.split(/\s/)[0]!.toLowerCase()
    const answer = settings.answers.find((one) => one.name.toLowerCase() === name)
    if (answer === undefined) return undefined
    const [shop, locale, pocket] = await Promise.all([
      shopOf(projectId),
      dependencies.localeOf(projectId, ticket),
      customerId === null ? undefined : dependencies.pocketOf(projectId, customerId),
    ])
    const text = (locale && answer.text[locale]) ?? answer.text[shop.locale] ?? Object.values(answer.text)[0]!
    return fillTemplate(text, {
      name: pocket?.name,
      balance: pocket?.balance,
      tier: pocket?.tier,
      referral_link: pocket?.referralLink,
      ticket: String(ticket.number),
      agent: agent.name,
      shop: shop.name,
    })
  }
}
