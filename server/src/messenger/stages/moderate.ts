import { refuse } from '../../kernel/refusal.ts'
import type { Item } from '../domain/item.ts'
import type { SettingsOf } from '../ports/neighbours.ts'

/** Words that the shop does not want are refused to those who come to it, before anybody sees them. */
export function moderate({ settingsOf }: { settingsOf: SettingsOf }) {
  const compiled = new WeakMap<readonly string[], RegExp>()

  function patternOf(words: readonly string[]): RegExp {
    const known = compiled.get(words)
    if (known !== undefined) return known
    const escaped = words.map((word) => word.trim().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${escaped.join('|')})(?![\p{L}\p{N}])`, 'iu')
    compiled.set(words, pattern)
    return pattern
  }

  return {
    name: 'moderate',
    batch: 256,
    async run(items: Item[]): Promise<Item[]> {
      const passed: Item[] = []
      for (const item of items) {
        const { moderation } = await settingsOf(item.projectId)
        const text = item.said?.text ?? (item.change?.kind === 'edit' ? item.change.text : undefined)
        const isGuest = item.speaker.kind === 'customer' || item.speaker.kind === 'visitor'
        if (
          moderation !== null &&
          isGuest &&
          text !== undefined &&
          patternOf(moderation.blockedWords).test(text)
        )
          item.reply.refuse(refuse('message-refused'))
        else passed.push(item)
      }
      return passed
    },
  }
}
