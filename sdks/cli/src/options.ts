import { parseArgs } from 'node:util'
import { Misuse } from './misuse.ts'
import { nearest } from './nearest.ts'

/** Of every command; each says which of them it takes. */
const OPTIONS = {
  url: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  forward: { type: 'string' },
  events: { type: 'string' },
  secret: { type: 'string' },
  since: { type: 'string' },
  'print-secret': { type: 'boolean' },
  times: { type: 'string' },
  type: { type: 'string' },
  customer: { type: 'string' },
  limit: { type: 'string' },
  endpoint: { type: 'string' },
  event: { type: 'string' },
  status: { type: 'string' },
} as const

/** Taken everywhere. */
const COMMON: readonly string[] = ['url', 'key', 'json', 'help', 'version']

export type OptionName = keyof typeof OPTIONS
export type Values = ReturnType<typeof parse>['values']

/** Words and options in any order. */
export function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    // What follows the first sentence is about "--", and would quote what may be a secret.
    const [sentence = ''] = (error as Error).message.split(/\. |\n/)
    const [, unknown] = /^Unknown option '--([\w-]+)/.exec(sentence) ?? []
    const meant = unknown === undefined ? undefined : nearest(unknown, Object.keys(OPTIONS))
    throw new Misuse(`${sentence}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`)
  }
}

/** An option that does nothing would be believed to do something. */
export function refuseOthers(values: Values, taken: readonly OptionName[], command: string): void {
  for (const name of Object.keys(values))
    if (!COMMON.includes(name) && !taken.includes(name as OptionName))
      throw new Misuse(`tapline ${command} takes no --${name}.`)
}

export function wholeNumber(
  given: string | undefined,
  name: string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  if (given === undefined) return otherwise
  const number = /^\d{1,15}$/.test(given) ? Number(given) : NaN
  if (!(number >= least && number <= most))
    throw new Misuse(`--${name} is a whole number from ${least} to ${most}.`)
  return number
}
