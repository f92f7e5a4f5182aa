import type { ErrorBody } from '../api-error.ts'
import { forgetOldest } from '../../bounded.ts'

export interface CommandAnswer {
  status: 'ok' | ErrorBody
  tempId: string | undefined
  id: string | undefined
}

const MOST_ANSWERS = 50_000

export type CommandAnswers = ReturnType<typeof commandAnswers>

/** What each command was answered, so that the same uuid is executed once. */
export function commandAnswers() {
  const known = new Map<string, CommandAnswer>()
  return {
    find: (userId: string, uuid: string) => known.get(`${userId}:${uuid}`),
    keep(userId: string, uuid: string, answer: CommandAnswer) {
      known.set(`${userId}:${uuid}`, answer)
      forgetOldest(known, MOST_ANSWERS)
    },
  }
}
