import type { components } from '@tapline/client'
import { refuse, type Refusal } from '../refusal.ts'
import { FIRST_SETTINGS, type Settings } from './chat-state.ts'

type Given = components['schemas']['ChatSettings']
type Hours = NonNullable<Given['businessHours']>

/** With all defaults; refused when its parts do not fit together. */
export function readSettings(given: Given): Settings | Refusal {
  const { businessHours, allowedOrigins = [] } = given
  const stranger = allowedOrigins.find((origin) => !URL.canParse(origin))
  const why =
    stranger !== undefined ? `${stranger} is no origin` : businessHours ? wrongWith(businessHours) : undefined
  if (why !== undefined) return refuse('settings-invalid', { why })
  return {
    ...FIRST_SETTINGS,
    ...given,
    allowedOrigins: [...new Set(allowedOrigins.map((origin) => new URL(origin).origin))],
    credits: { ...FIRST_SETTINGS.credits, ...given.credits },
    businessHours: businessHours ? { ...businessHours, holidays: businessHours.holidays ?? [] } : null,
  }
}

function wrongWith({ days }: Hours): string | undefined {
  const spanOf = ({ day, from, to }: Hours['days'][number]) => `${day} ${from}–${to}`
  const backwards = days.find(({ from, to }) => from >= to)
  if (backwards !== undefined)
    return `${spanOf(backwards)} does not end after it begins; a night is two spans, to 24:00 and from 00:00`
  const sorted = [...days].sort((left, right) =>
    `${left.day} ${left.from}` < `${right.day} ${right.from}` ? -1 : 1,
  )
  for (const [index, span] of sorted.entries()) {
    const before = sorted[index - 1]
    if (before?.day === span.day && before.to > span.from)
      return `${spanOf(before)} and ${spanOf(span)} overlap`
  }
  return undefined
}
