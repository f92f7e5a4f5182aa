import { refuse, type Refusal } from '../kernel/refusal.ts'

type Allow = (
  bucket: string,
  limit: number,
) => Promise<{ allowed: boolean; limit: number; resetSeconds: number }>

export type Admission = ReturnType<typeof admission>

const WRONG_PER_MINUTE = 60

/** What guards have in common. Wrong bearers are counted by address, so that guessing is slow; right ones never meet that count. */
export function admission(allow: Allow) {
  async function within(bucket: string, perMinute: number): Promise<Refusal | undefined> {
    const { allowed, limit, resetSeconds } = await allow(bucket, perMinute)
    return allowed ? undefined : refuse('rate-limited', { limit, retryAfterSeconds: resetSeconds })
  }
  return {
    within,
    wrong: async (remoteAddress: string | undefined): Promise<Refusal> =>
      (await within(`wrong-key:${remoteAddress ?? 'unknown'}`, WRONG_PER_MINUTE)) ?? refuse('unauthorized'),
  }
}
