import type { Command } from './command.ts'
import { deliveries } from './deliveries.ts'
import { endpoints } from './endpoints.ts'
import { events } from './events.ts'
import { listen } from './listen.ts'
import { replayEvent } from './replay-event.ts'
import { showEvent } from './show-event.ts'
import { trigger } from './trigger.ts'

/** By what is typed. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  listen,
  trigger,
  events,
  'events show': showEvent,
  'events replay': replayEvent,
  endpoints,
  deliveries,
}

/** The command that the words begin with, its name, and the words after it. */
export function findCommand(words: string[]): { name: string; command: Command; rest: string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    if (words.length >= length && Object.hasOwn(COMMANDS, name))
      return { name, command: COMMANDS[name]!, rest: words.slice(length) }
  }
  return undefined
}

export function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const list = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `tapline: events of your shop, for developers

${list.join('\n')}

  --url URL     where Tapline is; else TAPLINE_URL, else http://127.0.0.1:8080
  --key KEY     the project's secret key, sk_…; better in TAPLINE_SECRET_KEY, where nobody sees it
  --json        one JSON document per line, for programs
  --help        this, or after a command how to use it
  --version

Exit codes: 0 done, 1 refused or not reached, 2 called wrongly.`
}
