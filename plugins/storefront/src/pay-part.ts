import type { Cart } from './cart.ts'
import { h } from './element.ts'
import type { TelegramProof } from './proofs.ts'
import type { Shop } from './shop.ts'
import { spendPart } from './spend-part.ts'
import { telegramPart } from './telegram-part.ts'
import type { Part } from './view.ts'
import type { Words } from './words.ts'

interface Shown {
  /** What it is about: the sentence for the state it is in. */
  lead: string
  cart: Cart
  /** Hundredths that may be spent at most. */
  most: number
  proof: TelegramProof | undefined
}

/** In the cart, from the proof to the discount: whichever step it is at. */
export function payPart(shop: Shop, words: Words, { lead, cart, most, proof }: Shown): Part {
  const { bonuses, bot, busy, customer, page } = shop
  const { texts, say } = words
  const { spending } = bonuses
  if (spending?.state === 'awaiting-confirmation') {
    const code = bot?.code ? `${bot.code} → ${spending.code}` : spending.code
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
