import { writeText, type OwnTexts, type TextKey } from '../domain/texts.ts'
import type { Shop, StatusPart } from '../ports/neighbours.ts'

type Dependencies = {
  statusOf: (projectId: string) => Promise<readonly StatusPart[]>
  shopOf: (projectId: string) => Promise<Shop>
  textsOf: (projectId: string) => Promise<OwnTexts>
}

const PARTS: Readonly<Record<StatusPart['part'], TextKey>> = {
  orders: 'partOrders',
  notices: 'partNotices',
  webhooks: 'partWebhooks',
  'telegram-in': 'partTelegramIn',
  'telegram-out': 'partTelegramOut',
  todoist: 'partTodoist',
}
const LATE_MS = 60_000

/** How a project is, for whoever looks after it. */
export function tellStatus({ statusOf, shopOf, textsOf }: Dependencies) {
  return async (projectId: string): Promise<string> => {
    const [parts, shop, own] = await Promise.all([statusOf(projectId), shopOf(projectId), textsOf(projectId)])
    const text = (key: TextKey, values?: Readonly<Record<string, string | number>>) =>
      writeText(own, shop.locale, key, values)
    const lines = parts.map(({ part, waiting, dead, lagMs, problem, failing }) => {
      const isBad = dead > 0 || failing > 0 || problem !== null || (lagMs ?? 0) > LATE_MS
      const line = text('statusLine', {
        sign: isBad ? '🔴' : '🟢',
        part: writeText(own, shop.locale, PARTS[part]),
        waiting,
        dead,
      })
      const more = [
        ...(lagMs === null || waiting === 0
          ? []
          : [text('statusLag', { seconds: Math.round(lagMs / 1_000) })]),
        ...(failing === 0 ? [] : [text('statusFailing', { count: failing })]),
        ...(problem === null ? [] : [text('statusProblem', { problem })]),
      ]
      return [line, ...more].join(', ')
    })
    return [text('statusHead', { shop: shop.name }), ...lines].join('\n')
  }
}
