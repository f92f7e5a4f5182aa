import type { HandlerRequest, Handlers, OperationId } from './http/handlers.ts'
import { isRefusal } from './kernel/refusal.ts'
import type { Locale } from './kernel/locale.ts'

type Part = {
  part: 'orders' | 'notices' | 'webhooks' | 'telegram-in' | 'telegram-out' | 'todoist'
  waiting: number
  dead: number
  lagMs: number | null
  problem: string | null
  failing: number
}

type Bot = { unread?: number; unsent?: number; dead?: number; problem?: string | null }

type Dependencies = {
  localeOf: (projectId: string) => Promise<Locale>
  inbox: {
    figures(projectId: string): Promise<{ waiting: number; dead: number; oldestMs: number }>
  }
  notices: { waiting(projectId: string, channel: string): Promise<number> }
  webhooks: { waiting(projectId: string): Promise<{ waiting: number; failing: number }> }
  /** They are all there by the time that somebody asks. */
  handlers: () => Pick<Handlers, 'getTelegram' | 'getTodoist'>
}

/** How a project's queues and integrations are, as its owner is told in Telegram. */
export function statusOfProject({ localeOf, inbox, notices, webhooks, handlers }: Dependencies) {
  return async (projectId: string): Promise<Part[]> => {
    const locale = await localeOf(projectId)
    const asked = { path: {}, query: {}, body: undefined, idempotencyKey: undefined }
    const request = { ...asked, locale, caller: { projectId, locale } } as HandlerRequest<OperationId>
    const [orders, unsent, hooks, telegram, todoist] = await Promise.all([
      inbox.figures(projectId),
      notices.waiting(projectId, 'telegram'),
      webhooks.waiting(projectId),
      handlers().getTelegram(request as HandlerRequest<'getTelegram'>),
      handlers().getTodoist(request as HandlerRequest<'getTodoist'>),
    ])
    const bot: Bot = isRefusal(telegram) ? {} : telegram.body
    const board = isRefusal(todoist) ? { connected: false } : todoist.body
    const fine = { dead: 0, lagMs: null, problem: null, failing: 0 }
    return [
      { ...fine, part: 'orders', waiting: orders.waiting, dead: orders.dead, lagMs: orders.oldestMs },
      { ...fine, part: 'notices', waiting: unsent },
      { ...fine, part: 'webhooks', waiting: hooks.waiting, failing: hooks.failing },
      { ...fine, part: 'telegram-in', waiting: bot.unread ?? 0 },
      {
        ...fine,
        part: 'telegram-out',
        waiting: bot.unsent ?? 0,
        dead: bot.dead ?? 0,
        problem: bot.problem ?? null,
      },
      ...(board.connected
        ? [
            {
              ...fine,
              part: 'todoist' as const,
              waiting: board.waiting ?? 0,
              dead: board.dead ?? 0,
              problem: board.problem ?? null,
            },
          ]
        : []),
    ]
  }
}
