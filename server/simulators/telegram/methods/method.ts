import type { Answer } from '../answer.ts'
import type { Bot } from '../bots.ts'
import type { Upload } from '../multipart.ts'
import type { Telegram } from '../telegram.ts'

export type Parameters = Record<string, unknown>

export interface MethodCall {
  telegram: Telegram
  bot: Bot
  parameters: Parameters
  uploads: ReadonlyMap<string, Upload>
  gone: AbortSignal
  /** The answer does not reach the bot. */
  loseAnswer(): void
}

export type Method = (call: MethodCall) => Answer | Promise<Answer>

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 'True' || value === '1' || value === 1
}

export function decimal(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A parameter that is words, or nothing. */
export function words(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

/** Objects come as JSON inside urlencoded and multipart bodies and as themselves inside JSON ones. */
export function structured(value: unknown): { value: unknown } | { malformed: true } {
  if (typeof value !== 'string' || value === '') return { value: value === '' ? undefined : value }
  try {
    return { value: JSON.parse(value) }
  } catch {
    return { malformed: true }
  }
}
