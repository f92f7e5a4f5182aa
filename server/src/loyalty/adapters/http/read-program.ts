import type { components } from '@tapline/openapi'
import { parseMoney } from '../../../kernel/money.ts'
import { refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { Rules } from '../../domain/program.ts'

/** Contract to domain. What is left out takes its default, not its former value: a PUT says the whole. */
export function readProgram(
  input: components['schemas']['ProgramInput'],
  currency: string,
): Rules | Refusal<'program-invalid'> {
  const tiers = (input.tiers ?? []).map(({ name, threshold, percent }) => ({
    name: name.trim(),
    thresholdMinor: parseMoney(threshold, currency),
    percentBp: basisPoints(percent),
  }))
  const welcomeBonusMinor = parseMoney(input.welcomeBonus ?? 0, currency)
  const valid = tiers.filter((tier): tier is Rules['tiers'][number] => tier.thresholdMinor !== undefined)
  if (valid.length < tiers.length) return invalid(`a tier's threshold is no amount of ${currency}`)
  if (welcomeBonusMinor === undefined) return invalid(`welcomeBonus is no amount of ${currency}`)
  if (new Set(valid.map(({ name }) => name)).size < valid.length) return invalid('two tiers have one name')
  if (new Set(valid.map(({ thresholdMinor }) => thresholdMinor)).size < valid.length)
    return invalid('two tiers have one threshold')
  return {
    basePercentBp: basisPoints(input.basePercent ?? 0),
    tiers: valid,
    referralPercentBp: basisPoints(input.referralPercent ?? 0),
    welcomeBonusMinor,
    expiryDays: input.expiryDays ?? 0,
    activationDelayDays: input.activationDelayDays ?? 0,
    maxSpendPercentBp: basisPoints(input.maxSpendPercent ?? 100),
    rounding: input.rounding ?? 'floor',
    unpaidOrders: input.unpaidOrders ?? 'pending',
  }
}

function basisPoints(percent: number): number {
  return Math.round(percent * 100)
}

function invalid(because: string): Refusal<'program-invalid'> {
  return refuse('program-invalid', { because })
}
