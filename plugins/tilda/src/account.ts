import type { Bonuses, Customer, Entry } from '@tapline/storefront'
import { button, drawProof, minor } from './cart-box.ts'
import { element, place } from './element.ts'
import type { Lang, Texts } from './texts.ts'

const places = new WeakMap<Element, ReturnType<typeof place>>()

export const hasAccount = (): boolean => document.querySelector(ACCOUNT) !== null

const ACCOUNT = '[data-tapline=account]'

export interface AccountState {
  bonuses: Bonuses
  me: Customer | null
  entries: Entry[]
  texts: Texts
  lang: Lang
  acts: { prove(): void; stopProof(): void }
}

/** Balance, tier and history, wherever the merchant has put the place for it; of nobody before a proof. */
export function drawAccount({ bonuses, me, entries, texts, lang, acts }: AccountState): void {
  const { say } = texts
  const key = JSON.stringify([me, entries, bonuses.proof?.code])
  for (const at of document.querySelectorAll(ACCOUNT)) {
    let there = places.get(at)
    if (!there) {
      places.set(at, (there = place('account')))
      at.append(there.host)
    }
    const draw = () => {
      if (!me) return drawProof(bonuses, texts, () => button(say('open'), acts.prove), acts.stopProof)
      const { available, pending, expiringSoon } = me.bonuses
      const { name, nextTier, toNextTier } = me.tier
      const line = (words: string) => element('p', {}, words)
      return [
        element(
          'p',
          {},
          element('b', {}, say('have', texts.bonuses(minor(available)))),
          name ? ` · ${name}` : '',
        ),
        nextTier && toNextTier && line(say('toTier', nextTier) + texts.money(minor(toNextTier))),
        minor(pending) > 0 && line(say('pending', texts.bonuses(minor(pending)))),
        minor(expiringSoon) > 0 && line(say('expiring', texts.bonuses(minor(expiringSoon)))),
        element('ul', {}, ...entries.map((entry) => drawEntry(entry, texts, lang))),
      ]
    }
    there.draw([element('section', {}, ...(draw() as Node[]))], key)
  }
}

function drawEntry({ amount, occurredAt, orderId }: Entry, texts: Texts, lang: Lang): Node {
  const isLess = amount.startsWith('-')
  return element(
    'li',
    {},
    element(
      'span',
      {},
      new Date(occurredAt).toLocaleDateString(lang, { day: 'numeric', month: 'long' }) +
        (orderId ? ` · № ${orderId}` : ''),
    ),
    element('span', {}, (isLess ? '−' : '+') + texts.bonuses(minor(amount.replace('-', '')))),
  )
}
