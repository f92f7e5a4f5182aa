import { isTaplineError, isTaplineNetworkError } from '@tapline/client'
import { Failure } from './misuse.ts'
import type { Texts } from './texts-en.ts'
import { whyUnreachable } from './why-unreachable.ts'

/** What went wrong and what to do, for a person; undefined for a mistake of our own. */
export function explain(error: unknown, url: string, texts: Texts): string | undefined {
  if (error instanceof Failure) return error.message
  if (isTaplineNetworkError(error)) return texts.unreachable(url, whyUnreachable(error.cause))
  if (!isTaplineError(error)) return undefined
  if (error.code === 'unauthorized') return texts.keyUnknown(url)
  const fields = (error.errors ?? []).map(({ pointer, message }) => `  ${pointer}: ${message}`)
  const request = error.requestId === undefined ? '' : `, ${error.requestId}`
  return [`${error.detail} (${error.code}${request})`, ...fields].join('\n')
}
