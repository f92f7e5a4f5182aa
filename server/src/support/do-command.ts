import type { Instant } from '../kernel/clock.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Agent } from './domain/agent.ts'
import type { Reply } from './domain/agent-replies.ts'
import type { Asked } from './domain/asked.ts'
import { readSnooze } from './domain/read-snooze.ts'
import type { Outcome } from './domain/ticket.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { Tickets } from './ports/tickets.ts'
import type { SettingOf } from './setting-of.ts'

type Dependencies = {
  tickets: Tickets
  agents: Pick<AgentStore, 'list'>
  settingOf: SettingOf
}

const MOST_AGENTS = 200
const MOST_REASON = 200

/** Does one command of an agent, and says what came of it. */
export function doCommand({ tickets, agents, settingOf }: Dependencies) {
  return async (transaction: Transaction, asked: Asked, now: Instant): Promise<string> => {
    const { projectId, ticket, agent, command, rest, source, reply } = asked
    const by = { by: { kind: 'agent', id: agent.id }, source } as const
    const usage = (example: string) => reply('usage', { example })
    const said = (outcome: Outcome, text: string) => (isRefusal(outcome) ? refusedIn(reply, outcome) : text)
    const change = (wanted: Parameters<typeof tickets.change>[3], text: string) =>
      tickets.change(transaction, projectId, ticket.id, wanted, by).then((outcome) => said(outcome, text))

    switch (command) {
      case 'take': {
        const outcome = await tickets.take(transaction, projectId, ticket.id, agent.id, source)
        return said(outcome, reply('taken', { number: ticket.number }))
      }
      case 'close':
        return change({ status: 'solved' }, reply('solved'))
      case 'priority':
        return /^p?[1-4]$/i.test(rest)
          ? change(
              { priority: priorityOf(rest) },
              reply('priority', { priority: `p${5 - priorityOf(rest)}` }),
            )
          : usage('/priority p1, /priority 4')
      case 'snooze': {
        const { time } = await settingOf(projectId, now)
        const until = readSnooze(rest, now, time.timeZone)
        if (until === undefined) return usage('/snooze 2d, /snooze 3h, /snooze 2026-12-01')
        const shown = new Intl.DateTimeFormat('ru-RU', {
          dateStyle: 'short',
          timeStyle: 'short',
          timeZone: time.timeZone,
        }).format(until)
        return change({ snoozedUntil: until }, reply('snoozed', { until: shown }))
      }
      case 'assign': {
        const team = (await agents.list(projectId, MOST_AGENTS, undefined)).data.filter(
          ({ active }) => active,
        )
        const name = rest.replace(/^@/, '')
        const found = calledSo(team, name)
        const names = (of: readonly Agent[]) => of.map((one) => one.name).join(', ') || '—'
        if (name === '') return usage(`/assign ${team[0]?.name ?? 'Olga'}`)
        if (found.length === 0) return reply('nobody-so', { name, agents: names(team) })
        if (found.length > 1) return reply('several-so', { agents: names(found) })
        return change({ assigneeId: found[0]!.id }, reply('assigned', { agent: found[0]!.name }))
      }
      case 'merge': {
        const [, number] = /^#?(\d{1,9})$/.exec(rest) ?? []
        if (number === undefined) return usage('/merge 12')
        const into = await tickets.byNumber(projectId, Number(number))
        if (into === undefined) return reply('no-ticket', { number })
        const outcome = await tickets.merge(transaction, projectId, ticket.id, into.id, by)
        return said(outcome, reply('merged', { number }))
      }
      case 'ban': {
        const reason = rest === '' ? null : rest.slice(0, MOST_REASON)
        await tickets.ban(transaction, projectId, ticket.participantId, reason, by)
        return reply('banned')
      }
      case 'unban':
        await tickets.unban(transaction, projectId, ticket.participantId, by)
        return reply('unbanned')
      case 'tpl':
      case 'bonus':
      case 'help':
        throw new Error(`/${command} is done elsewhere`)
    }
  }
}

/** Whoever is called exactly so, else those whose name begins so, else those in whose name it is. */
function calledSo(team: readonly Agent[], name: string): Agent[] {
  const wanted = name.toLowerCase()
  const by = (fits: (name: string) => boolean) => team.filter((one) => fits(one.name.toLowerCase()))
  const ways = [
    by((one) => one === wanted),
    by((one) => one.startsWith(wanted)),
    by((one) => one.includes(wanted)),
  ]
  return ways.find((found) => found.length > 0) ?? []
}

function refusedIn(reply: Reply, { refused, details }: Refusal): string {
  if (refused === 'ticket-taken') return reply('taken-by', { agent: String(details?.agentName) })
  if (refused === 'ticket-closed') return reply('closed')
  if (refused === 'ticket-merge-refused') return reply('not-merged')
  return reply('refused', { code: refused })
}

/** 4 is urgent for us and Todoist's API; Todoist shows it, and people call it, p1. */
function priorityOf(said: string): number {
  const digit = Number(said.at(-1))
  return said.length > 1 ? 5 - digit : digit
}
