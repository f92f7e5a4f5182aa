export const COMMANDS = [
  'tpl',
  'bonus',
  'take',
  'assign',
  'priority',
  'snooze',
  'merge',
  'close',
  'ban',
  'unban',
  'help',
] as const
export type CommandName = (typeof COMMANDS)[number]

export type Words =
  | { kind: 'answer'; markdown: string }
  | { kind: 'note'; markdown: string }
  | { kind: 'command'; name: CommandName; rest: string }
  | { kind: 'unknown'; name: string }

const ALWAYS_NOTE = '//'
const TO_CUSTOMER = '>>'

/**
 * What an agent means by a comment. A command is a slash and a word that ends there: `/etc/passwd` is a text. What is neither
 * known nor a text is said to nobody.
 */
export function readWords(
  markdown: string,
  { notePrefixes, commentsAre }: { notePrefixes: readonly string[]; commentsAre: 'answers' | 'notes' },
): Words {
  const text = markdown.trim()
  const prefix = [ALWAYS_NOTE, ...notePrefixes]
    .sort((left, right) => right.length - left.length)
    .find((one) => text.startsWith(one))
  if (prefix !== undefined) return { kind: 'note', markdown: text.slice(prefix.length).trim() }
  const [, said, rest] = /^\/(\p{L}[\p{L}\p{N}_-]*)(?:\s+(.*))?$/su.exec(text) ?? []
  if (said !== undefined) {
    const name = said.toLowerCase()
    return isCommand(name)
      ? { kind: 'command', name, rest: (rest ?? '').trim() }
      : { kind: 'unknown', name: said }
  }
  if (commentsAre === 'answers') return { kind: 'answer', markdown: text }
  return text.startsWith(TO_CUSTOMER)
    ? { kind: 'answer', markdown: text.slice(TO_CUSTOMER.length).trim() }
    : { kind: 'note', markdown: text }
}

function isCommand(name: string): name is CommandName {
  return (COMMANDS as readonly string[]).includes(name)
}
