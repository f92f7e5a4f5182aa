import { bounded } from '../bounded.ts'

export interface Call {
  id: number
  at: number
  botId: number
  method: string
  parameters: Record<string, unknown>
  outcome: 'answered' | 'dropped-before-processing' | 'dropped-after-processing' | 'client-left'
  status: number | undefined
  answer: unknown
}

const MOST_CALLS = 2000

export type Calls = ReturnType<typeof calls>

/** The last two thousand calls of the Bot API as they came and as they were answered. */
export function calls() {
  const kept = bounded<Call>(MOST_CALLS)
  let nextId = 1
  return {
    record: (call: Omit<Call, 'id'>) => kept.push({ id: nextId++, ...call }),
    find: ({ method, chatId }: { method?: string; chatId?: number }) =>
      kept
        .all()
        .filter((call) => method === undefined || call.method.toLowerCase() === method.toLowerCase())
        .filter((call) => chatId === undefined || String(call.parameters.chat_id) === String(chatId)),
    clear: () => kept.clear(),
  }
}
