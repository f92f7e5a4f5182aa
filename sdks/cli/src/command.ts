import type { Tapline } from '@tapline/client'
import type { OptionName, Values } from './options.ts'
import type { Texts } from './texts-en.ts'

/** What a command works with. */
export type Context = {
  tapline: Tapline
  url: string
  secretKey: string
  /** What stands after the command's name. */
  words: string[]
  values: Values
  texts: Texts
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
  /** The answer: a line of standard output. */
  print: (line: string) => void
  /** One document on one line, for machines. */
  printJson: (value: unknown) => void
  /** Beside the answer: a line of standard error. */
  note: (line: string) => void
}

export type Command = {
  /** One line of the list of commands. */
  summary: string
  help: string
  options: readonly OptionName[]
  /** How many words it takes after its name, at least and at most. */
  words?: readonly [least: number, most: number]
  run: (context: Context) => Promise<void>
}
