import { bounded } from '../bounded.ts'

export interface Call {
  id: number
  at: number
  method: string
  path: string
  query: Record<string, string>
  body: unknown
  userId: string | undefined
  outcome: 'answered' | 'dropped-before-processing' | 'dropped-after-processing'
  status: number | undefined
  answer: unknown
}

const MOST_CALLS = 2000

export interface CallFilter {
  method?: string
  path?: string
}

export type Calls = ReturnType<typeof calls>

/** The last two thousand calls of the API as they came and as they were answered, without tokens. */
export function calls() {
  const kept = bounded<Call>(MOST_CALLS)
  let nextId = 1
  return {
    record: (call: Omit<Call, 'id'>) => kept.push({ id: nextId++, ...call }),
    find: ({ method, path }: CallFilter) =>
      kept
        .all()
        .filter((call) => method === undefined || call.method === method.toUpperCase())
        .filter((call) => path === undefined || call.path.includes(path)),
    clear: () => kept.clear(),
  }
}
