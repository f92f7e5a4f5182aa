import { isTaplineNetworkError, type DataOf, type Tapline, type TaplineError } from '@tapline/client'
import { pause } from './pause.ts'
import { whyUnreachable } from './why-unreachable.ts'

export type Page = DataOf<'followEvents'>

type Following = {
  tapline: Pick<Tapline, 'followEvents'>
  /** Absent: from now on. */
  after: number | undefined
  onOutage: (why: string) => void
  onReturn: () => void
  signal: AbortSignal
}

const PAGE = 20
const WAIT_SECONDS = 25
const ANSWER_MS = 10_000
const LONGEST_PAUSE_MS = 5_000

/**
 * Page after page of what happens, until it is stopped. The first answer must come; after it an outage is waited out,
 * and goes on from the position before it, so nothing is missed. A key that is no longer taken ends it.
 */
export async function* follow({
  tapline,
  after,
  onOutage,
  onReturn,
  signal,
}: Following): AsyncGenerator<Page> {
  const first = await tapline.followEvents({ after, limit: PAGE }, { signal })
  if (first.error) throw first.error
  yield first.data
  let { position } = first.data
  for (let failures = 0; !signal.aborted;) {
    const outcome = await ask(position)
    if (typeof outcome !== 'string') {
      if (failures > 0) onReturn()
      failures = 0
      position = outcome.position
      yield outcome
    } else if (!signal.aborted) {
      if (failures === 0) onOutage(outcome)
      await pause((0.5 + Math.random() / 2) * Math.min(LONGEST_PAUSE_MS, 250 * 2 ** failures++), signal)
    }
  }

  /** A page, or why there is none for now. */
  async function ask(from: number): Promise<Page | string> {
    try {
      const { data, error } = await tapline.followEvents(
        { after: from, waitSeconds: WAIT_SECONDS, limit: PAGE },
        { signal, maxRetries: 0, timeoutMs: WAIT_SECONDS * 1_000 + ANSWER_MS },
      )
      if (data !== undefined) return data
      if (!mayPass(error)) throw error
      return error.detail
    } catch (fault) {
      if (signal.aborted) return 'stopped'
      if (!isTaplineNetworkError(fault)) throw fault
      return whyUnreachable(fault.cause)
    }
  }
}

function mayPass({ status }: TaplineError): boolean {
  return status >= 500 || status === 408 || status === 429
}
