import type { Cart } from './cart.ts'
import type { Customer, ShopPage } from './contract.ts'
import type { Bonuses } from './create-bonuses.ts'
import { h } from './element.ts'
import type { Answer } from './problem.ts'
import type { TelegramBot, TelegramProof } from './proofs.ts'
import { spendPart } from './spend-part.ts'
import { telegramPart } from './telegram-part.ts'
import type { Part } from './view.ts'
import type { Note, Words } from './words.ts'

/** What of the shop it shows and does. */
interface Till {
  bonuses: Bonuses
  page: ShopPage | null | undefined
  customer: Customer | null
  bot: TelegramBot | undefined
  busy: boolean
  act(what: () => Promise<Answer<unknown>>): Promise<void>
  letGo(note?: Note): void
}

interface Shown {
  /** What it is about: the sentence for the state it is in. */
  lead: string
  cart: Cart
  /** Hundredths that may be spent at most. */
  most: number
  proof: TelegramProof | undefined
}

/** In the cart, from the proof to the discount: whichever step it is at. */
export function payPart(shop: Till, words: Words, { lead, cart, most, proof }: Shown): Part {
  const { bonuses, bot, busy, customer, page } = shop
  const { texts, say } = words
  const { spending } = bonuses
  if (spending?.state === 'awaiting-confirmation') {
    const { code } = spending
    return telegramPart(words, { lead, code, bot, cancel: () => shop.letGo() })
  }
  if (spending?.state === 'active')
    return h(
      'div',
      { class: 'box row apart', part: 'box' },
      h('b', {}, lead),
      h(
        'button',
        { id: 'cancel', type: 'button', class: 'link', click: () => shop.letGo('voided') },
        texts.cancel,
      ),
    )
  if (proof && !customer)
    return telegramPart(words, { lead, code: proof.code, bot: proof, cancel: proof.cancel })
  const { spending: mode, nominals } = page!.bonuses
  return h(
    'div',
    { class: 'box col', part: 'box' },
    h('b', {}, say(texts.have, words.bonuses(customer!.bonuses.available))),
    most > 0
      ? spendPart(words, {
          most,
          busy,
          nominals: mode === 'promo-codes' ? nominals : undefined,
          spend: (amount) => void shop.act(() => bonuses.spend({ cart, amount })),
        })
      : h('p', { class: 'dim' }, texts.none),
  )
}
