import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { Allowance } from './domain/door-answer.ts'
import type { DoorHeaders, DoorRequest } from './domain/door-request.ts'
import { STOREFRONT_LIMIT_FACTOR } from './domain/format.ts'
import type { ReadingError } from './domain/reading.ts'
import type { DoorLimiter, DoorProject, Verify } from './ports/door-keeping.ts'
import type { Recognised, RequestReader } from './read-request.ts'

export type AdmissionRefusalCode =
  'unauthorized' | 'project-paused' | 'format-disabled' | 'unsupported-media-type' | 'rate-limited'

export type Admission = { format: string; allowance?: Allowance } & (
  { recognised: Recognised } | { refusal: Refusal; errors?: ReadingError[] | undefined }
)

type Dependencies = {
  reader: RequestReader
  limiter: DoorLimiter
  sameSecret: (given: string, known: readonly string[]) => boolean
}

const CONTENT_TYPES = ['application/json', 'application/x-www-form-urlencoded']

/**
 * Whether a request of a known project may come in, and in which format it speaks. The format is recognised before the
 * limit is asked, because the limit depends on it: a storefront that cannot try again is let in where others must wait.
 */
export function admit({ reader, limiter, sameSecret }: Dependencies) {
  return async (
    project: DoorProject,
    request: DoorRequest,
    signature: ReturnType<Verify>,
  ): Promise<Admission> => {
    if (project.status === 'paused') return { format: 'unknown', refusal: refuse('project-paused') }
    if (typeof signature === 'object')
      return { format: 'unknown', refusal: refuse('unauthorized', { because: signature.failed }) }
    if (!CONTENT_TYPES.includes(request.contentType)) {
      return {
        format: 'unknown',
        refusal: refuse('unsupported-media-type', { contentType: request.contentType.slice(0, 100) }),
      }
    }
    const recognised = reader.recognise(request.body, request.contentType)
    const { format } = recognised
    const allowance = await takeFromLimit(project, format === 'tilda')
    const turnAway = (refusal: Refusal, errors?: ReadingError[]): Admission => ({
      format,
      allowance,
      refusal,
      errors,
    })

    if (!allowance.allowed) return turnAway(refuse('rate-limited', { limit: allowance.limit }))
    // Who must prove himself is told nothing else before he has.
    const isTilda = !isRefusal(recognised) && recognised.format === 'tilda'
    const unproven = isTilda ? checkTildaKey(project, request, recognised) : checkSigned(project, signature)
    if (unproven !== undefined) return turnAway(refuse('unauthorized', { because: unproven }))
    if (isRefusal(recognised)) return turnAway(recognised, recognised.errors)
    if (project.disabledFormats.includes(format)) return turnAway(refuse('format-disabled', { format }))
    return { format, allowance, recognised }
  }

  function takeFromLimit({ id, rateLimitPerMinute }: DoorProject, storefront: boolean): Promise<Allowance> {
    return storefront
      ? limiter.take(`${id}:storefront`, rateLimitPerMinute * STOREFRONT_LIMIT_FACTOR)
      : limiter.take(`${id}:standard`, rateLimitPerMinute)
  }

  /** Tilda cannot sign. Its key is needed where signatures are, and one that is sent is always checked; not for its probe. */
  function checkTildaKey(
    project: DoorProject,
    { headers }: DoorRequest,
    { fields, probe }: Extract<Recognised, { format: 'tilda' }>,
  ): string | undefined {
    if (probe) return undefined
    const key = tildaKey(fields, headers, project.tildaApiKeyName)
    if (key === undefined) return project.requireSignature ? 'tilda-api-key-missing' : undefined
    return sameSecret(key, project.tildaApiKeys) ? undefined : 'tilda-api-key-wrong'
  }
}

function checkSigned({ requireSignature }: DoorProject, signature: ReturnType<Verify>): string | undefined {
  return requireSignature && signature === 'unsigned' ? 'signature-missing' : undefined
}

function tildaKey(fields: Record<string, unknown>, headers: DoorHeaders, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const field = Object.entries(fields).find(([known]) => known.toLowerCase() === wanted)?.[1]
  const key = headers[wanted] ?? field
  return typeof key === 'string' ? key.replace(/^Bearer\s+/i, '') : undefined
}
