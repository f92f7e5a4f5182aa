import type { Message } from './messages.ts'

/** Those that every chat has; any other needs Premium or is none. */
export const EMOJI = [
  ...[
    '❤',
    '👍',
    '👎',
    '🔥',
    '🥰',
    '👏',
    '😁',
    '🤔',
    '🤯',
    '😱',
    '🤬',
    '😢',
    '🎉',
    '🤩',
    '🤮',
    '💩',
    '🙏',
    '👌',
  ],
  ...[
    '🕊',
    '🤡',
    '🥱',
    '🥴',
    '😍',
    '🐳',
    '❤‍🔥',
    '🌚',
    '🌭',
    '💯',
    '🤣',
    '⚡',
    '🍌',
    '🏆',
    '💔',
    '🤨',
    '😐',
    '🍓',
  ],
  ...[
    '🍾',
    '💋',
    '🖕',
    '😈',
    '😴',
    '😭',
    '🤓',
    '👻',
    '👨‍💻',
    '👀',
    '🎃',
    '🙈',
    '😇',
    '😨',
    '🤝',
    '✍',
    '🤗',
    '🫡',
  ],
  ...[
    '🎅',
    '🎄',
    '☃',
    '💅',
    '🤪',
    '🗿',
    '🆒',
    '💘',
    '🙉',
    '🦄',
    '😘',
    '💊',
    '🙊',
    '😎',
    '👾',
    '🤷‍♂',
    '🤷',
    '🤷‍♀',
    '😡',
  ],
]

/** Replaces what somebody thought of a message and gives back what it was. */
export function react(message: Message, by: number, emoji: string[]): string[] {
  const before = message.reactions.get(by) ?? []
  if (emoji.length > 0) message.reactions.set(by, emoji)
  else message.reactions.delete(by)
  return before
}

export function reactionView(emoji: string[]) {
  return emoji.map((one) => ({ type: 'emoji', emoji: one }))
}
