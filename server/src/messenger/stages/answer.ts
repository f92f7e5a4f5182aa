import type { Item } from '../domain/item.ts'
import { closedSince } from '../domain/business-hours.ts'
import type { BotOf, Settings, SettingsOf, Shop } from '../ports/neighbours.ts'
import type { Locale } from '../../kernel/locale.ts'

type Dependencies = {
  settingsOf: SettingsOf
  shopOf: (projectId: string) => Promise<Shop>
  botOf: BotOf
  /** Of whoever does not speak through a page, which has a language of its own; null where nobody knows. */
  languageOf: (projectId: string, speaker: Item['speaker']) => Promise<Locale | null>
  /** By the bot; said once for its client id, for ever. */
  say: (from: {
    projectId: string
    conversationId: string
    bot: Awaited<ReturnType<BotOf>>
    clientId: string
    text: string
  }) => Promise<boolean>
  now: () => number
}

const MOST = 10_000

/**
 * What the shop answers by itself: to the first message of a conversation, and once for each time that it is closed. The id
 * of the answer says which one it is, so that no crash and no second process says it twice.
 */
export function answer({ settingsOf, shopOf, botOf, languageOf, say, now }: Dependencies) {
  const answered = new Set<string>()

  return {
    name: 'answer',
    batch: 64,
    async run(items: Item[]): Promise<Item[]> {
      for (const item of items) await answerOne(item)
      return items
    },
  }

  async function answerOne(item: Item): Promise<void> {
    const { projectId, conversationId, speaker, stored } = item
    if (speaker.kind !== 'customer' && speaker.kind !== 'visitor') return
    const settings = await settingsOf(projectId)
    if (settings.autoReply === null && settings.businessHours === null) return
    const shop = await shopOf(projectId)
    const since =
      settings.businessHours === null
        ? undefined
        : closedSince(settings.businessHours, shop.timeZone, now() + shop.clockOffsetMs)
    const own = item.sessionId === null ? await languageOf(projectId, speaker) : item.locale
    const locale = own ?? shop.locale
    for (const { clientId, texts } of answersOf(settings, stored?.sequence === 1, since)) {
      const text = texts[locale] ?? texts[shop.locale] ?? Object.values(texts)[0]
      const key = `${conversationId} ${clientId}`
      if (text === undefined || answered.has(key)) continue
      answered.add(key)
      if (answered.size > MOST) answered.delete(answered.values().next().value!)
      void say({ projectId, conversationId, bot: await botOf(projectId), clientId, text }).then((isSaid) => {
        // The next message asks for it again.
        if (!isSaid) answered.delete(key)
      })
    }
  }
}

type Texts = Partial<Record<Locale, string | undefined>>

function answersOf({ autoReply, businessHours }: Settings, isFirst: boolean, closed: string | undefined) {
  const answers: { clientId: string; texts: Texts }[] = []
  if (autoReply !== null && isFirst) answers.push({ clientId: 'auto-reply', texts: autoReply })
  if (businessHours !== null && closed !== undefined)
    answers.push({ clientId: `closed:${closed}`, texts: businessHours.closedReply })
  return answers
}
