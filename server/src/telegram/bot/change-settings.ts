import { isRefusal } from '../../kernel/refusal.ts'
import { isLocale, LOCALES, type Locale } from '../../kernel/locale.ts'
import { ConcurrentChange } from '../../kernel/retryable-error.ts'
import type { Chat, Pocket } from '../ports/neighbours.ts'
import type { Links } from '../ports/links.ts'
import type { People } from '../ports/people.ts'
import type { Transport } from '../ports/transport.ts'
import { button, menuOf } from './menu.ts'
import type { Turn } from './open-turn.ts'

type Dependencies = {
  people: Pick<People, 'remove'>
  links: Pick<Links, 'removeOf'>
  chat: Pick<Chat, 'forget'>
  pocket: Pick<Pocket, 'erase'>
  transport: Pick<Transport, 'forget'>
}

const LANGUAGES: Readonly<Record<Locale, string>> = { ru: 'Русский', en: 'English', kk: 'Қазақша' }

/** Language, advertising, and being forgotten. */
export function changeSettings({ people, links, chat, pocket, transport }: Dependencies) {
  function settingsOf(turn: Turn) {
    const { text, label, person, locale } = turn
    const { marketing, customerId } = person
    const words = text('settings', {
      language: LANGUAGES[locale],
      marketing: label(marketing ? 'marketingIsOn' : 'marketingIsOff'),
    })
    const rows = [
      [button(label('buttonLanguage'), { kind: 'ask-language' })],
      [button(label(marketing ? 'buttonMarketingOff' : 'buttonMarketingOn'), { kind: 'marketing', wanted: !marketing })], // prettier-ignore
      ...(customerId === null ? [] : [[button(label('buttonUnlink'), { kind: 'unlink' })]]),
      [button(label('buttonDelete'), { kind: 'delete' })],
    ]
    return { words, keyboard: { inline: rows } }
  }

  const sure = (turn: Turn, key: 'buttonDeleteSure' | 'buttonDeleteCertain' | 'buttonUnlink', kind: 'delete-sure' | 'delete-certain' | 'unlink-sure') => ({ inline: [[button(turn.label(key), { kind })], [button(turn.label('buttonKeep'), { kind: 'keep' })]] }) // prettier-ignore

  return {
    show(turn: Turn): void {
      const { words, keyboard } = settingsOf(turn)
      turn.sayLines([words], { keyboard })
    },

    askLanguage(turn: Turn): void {
      const choices = LOCALES.map((locale) => button(LANGUAGES[locale], { kind: 'language', locale }))
      turn.say('languageAsk', {}, { keyboard: { inline: [choices] } })
    },

    setLanguage(turn: Turn, locale: string): void {
      if (!isLocale(locale)) return turn.alert('alertPressOld')
      turn.change({ locale })
      turn.say('languageSet', {}, { keyboard: menuOf(turn) })
    },

    setMarketing(turn: Turn, wanted: boolean): void {
      turn.change({ marketing: wanted })
      turn.say(wanted ? 'marketingOn' : 'marketingOff')
    },

    askUnlink: (turn: Turn, messageId: number | null) =>
      turn.replace(messageId, turn.text('unlinkAsk'), sure(turn, 'buttonUnlink', 'unlink-sure')),

    askDelete: (turn: Turn, messageId: number | null) =>
      turn.replace(messageId, turn.text('deleteAsk'), sure(turn, 'buttonDeleteSure', 'delete-sure')),

    askDeleteAgain: (turn: Turn, messageId: number | null) =>
      turn.replace(messageId, turn.text('deleteAskAgain'), sure(turn, 'buttonDeleteCertain', 'delete-certain')), // prettier-ignore

    keep(turn: Turn, messageId: number | null): void {
      const { words, keyboard } = settingsOf(turn)
      turn.replace(messageId, words, keyboard)
    },

    /** A customer is erased everywhere; whoever is none is forgotten here, with what it said. */
    async erase(turn: Turn): Promise<void> {
      const { projectId, chatId: telegramId, person } = turn
      if (person.customerId === null) {
        turn.within(async (transaction) => {
          await chat.forget(transaction, projectId, person.participantId)
          await links.removeOf(transaction, projectId, { telegramId })
          await transport.forget(transaction, projectId, telegramId)
          await people.remove(transaction, projectId, telegramId)
        })
      } else {
        const refused = await pocket.erase(projectId, person.customerId)
        if (refused !== undefined && isRefusal(refused))
          throw new ConcurrentChange(`${person.customerId} could not be erased: ${refused.refused}`)
      }
      turn.say('deleted', {}, { keyboard: { remove: true } })
    },
  }
}

export type ChangeSettings = ReturnType<typeof changeSettings>
