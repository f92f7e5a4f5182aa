import type { Customer, Entry } from '@tapline/storefront'
import { button, drawProof, minor } from './cart-box.ts'
import { element } from './element.ts'
import type { TildaShop } from './tilda-shop.ts'
import type { Texts } from './words.ts'

const MOST_SHOWN = 20
const places = new WeakMap<Element, ReturnType<TildaShop['place']>>()

/** Balance, tier and history in the places that the merchant made for it; of nobody before a proof. */
export async function drawAccount(
  at: NodeListOf<Element>,
  { bonuses: current, page, texts, place, soon }: TildaShop,
  me: Customer | null,
): Promise<void> {
  const bonuses = current()
  const { say } = texts
  const prove = () =>
    void bonuses.proveByTelegram().then(({ data }) => {
      void data?.proven.then(soon)
      soon()
    })
  const stopProof = () => {
    bonuses.proof?.cancel()
    soon()
  }
  const all = me ? ((await bonuses.entries()).data ?? []) : []
  // What is put aside, or becomes spendable, is in the balance; it is no news.
  const entries = all
    .filter(({ kind }) => kind !== 'hold' && kind !== 'release' && kind !== 'activate')
    .slice(0, MOST_SHOWN)
  const key = JSON.stringify([me, entries, bonuses.proof?.code])
  for (const spot of at) {
    let there = places.get(spot)
    if (!there) {
      places.set(spot, (there = place('account')))
      spot.append(there.host)
    }
    const draw = () => {
      if (!me && !page.telegram) return []
      if (!me) return drawProof(bonuses, texts, () => button(say('open'), prove), stopProof)
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
        element('ul', {}, ...entries.map((entry) => drawEntry(entry, texts))),
      ]
    }
    there.draw(key, () => [element('section', {}, ...(draw() as Node[]))])
  }
}

function drawEntry({ amount, occurredAt, orderId }: Entry, texts: Texts): Node {
  const isLess = amount.startsWith('-')
  return element(
    'li',
    {},
    element('span', {}, texts.day(new Date(occurredAt)) + (orderId ? ` · № ${orderId}` : '')),
    element('span', {}, (isLess ? '−' : '+') + texts.number(minor(amount.replace('-', '')))),
  )
}
