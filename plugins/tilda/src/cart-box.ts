import {
  decimalOf,
  minorOf,
  type Bonuses,
  type Quote,
  type ShopPage,
  type TelegramProof,
} from '@tapline/storefront'
import { deliveryMinor, goodsMinor, hasPromoBlock, lostFreeDelivery } from './cart.ts'
import { element } from './element.ts'
import { tilda, type TildaCart } from './tilda-page.ts'
import type { Texts } from './words.ts'

export interface BoxState {
  bonuses: Bonuses
  shop: ShopPage
  cart: TildaCart
  quote: Quote | undefined
  texts: Texts
  /** What has just happened, for people. */
  note: string
  busy: boolean
  isForeignPromo: boolean
}

export interface BoxActs {
  prove(): void
  stopProof(): void
  spend(minor: number): void
  undo(): void
  dropPromo(): void
}

type Nodes = Array<Node | false | undefined>

export const minor = (decimal: string | undefined): number => minorOf(decimal ?? '') ?? 0

/** All of the box that it is drawn from: as long as it stays the same, nothing is drawn again. */
export function keyOf({ bonuses, cart, quote, note, busy, isForeignPromo }: BoxState): string {
  const { proven, spending, proof } = bonuses
  const goods = goodsMinor(cart)
  return JSON.stringify([
    ...[proven, spending?.state, spending?.amount, proof?.code, quote?.earned, quote?.spend, note, busy],
    ...[isForeignPromo, goods, deliveryMinor(cart, goods), hasPromoBlock()],
  ])
}

/** What stands in the cart above the total. Nothing where there is nothing to say. */
export function drawBox(state: BoxState, acts: BoxActs): Nodes {
  const { quote, texts, note } = state
  const earned = minor(quote?.earned)
  const parts = [
    earned > 0 && element('p', {}, texts.say('earns', texts.bonuses(earned))),
    ...drawSpending(state, acts),
    note !== '' && element('p', { role: 'status' }, note),
  ].filter(Boolean) as Node[]
  return parts.length > 0 ? [element('section', {}, ...parts)] : []
}

function drawSpending(state: BoxState, acts: BoxActs): Nodes {
  const { bonuses, shop, cart, quote, texts, busy, isForeignPromo } = state
  const { say } = texts
  const { spending } = bonuses
  if (spending?.state === 'active') {
    return [
      row(
        element('b', {}, say('paid', texts.bonuses(minor(spending.amount)))),
        quiet(say('undo'), acts.undo),
      ),
    ]
  }
  if (spending?.state === 'awaiting-confirmation') {
    const what = texts.bonuses(minor(spending.amount))
    const link = row()
    void bonuses.bot().then(({ data }) => data && link.append(...wayTo(data, texts)))
    return [
      element('p', {}, say('confirm', what)),
      link,
      codeOf(texts, spending.code),
      quiet(say('cancel'), acts.undo),
    ]
  }
  const mode = shop.bonuses.spending
  if (mode === 'off' || (mode === 'promo-codes' && !hasPromoBlock())) return []
  if (!bonuses.proven)
    return shop.telegram ? drawProof(bonuses, texts, () => button(say('wish'), acts.prove, busy), acts.stopProof) : [] // prettier-ignore
  if (!quote) return []
  const have = element('p', {}, say('have', texts.bonuses(minor(quote.spend.available))))
  if (isForeignPromo) return [have, element('p', {}, say('promo')), quiet(say('dropPromo'), acts.dropPromo)]
  const goods = goodsMinor(cart)
  const most = Math.min(minor(quote.spend.most), goods)
  const nominals = shop.bonuses.nominals.map(minor).filter((nominal) => nominal <= most)
  if (most <= 0 || (mode === 'promo-codes' && nominals.length === 0))
    return [have, minor(quote.spend.available) > 0 && element('p', {}, say('none'))]

  const chosen =
    mode === 'promo-codes'
      ? element(
          'select',
          { ariaLabel: say('wish') },
          ...nominals.map((each) =>
            element(
              'option',
              { value: decimalOf(each), selected: each === nominals.at(-1) },
              texts.bonuses(each),
            ),
          ),
        )
      : element('input', {
          inputMode: 'decimal',
          ariaLabel: say('wish'),
          autocomplete: 'off',
          value: decimalOf(most).replace('.00', ''),
        })
  const wanted = () => Math.min(minor(chosen.value), most)
  const warning = element('p')
  const warn = () => {
    const free = lostFreeDelivery(cart, goods, wanted())
    warning.textContent = free ? say('delivery', texts.money(free)) : ''
  }
  chosen.oninput = warn
  const go = () => {
    if (wanted() > 0) acts.spend(wanted())
  }
  chosen.onkeydown = (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    go()
  }
  warn()
  return [have, row(chosen, button(say('spend'), go, busy)), warning]
}

/** The way into Telegram: a button that begins, then the link, its code and the picture for another device. */
export function drawProof({ proof }: Bonuses, { say }: Texts, begin: () => Node, stop: () => void): Nodes {
  if (!proof) return [begin()]
  const { name } = tilda.mauser ?? {}
  const words = say('prove')
  return [
    element('p', {}, name ? `${name}, ${words}` : words[0]!.toUpperCase() + words.slice(1)),
    row(...wayTo(proof, { say })),
    codeOf({ say }, proof.code),
    quiet(say('cancel'), stop),
  ]
}

/** A link for this device, and for another one its picture, when it is drawn. */
function wayTo({ url, qr }: Pick<TelegramProof, 'url' | 'qr'>, { say }: Pick<Texts, 'say'>): Node[] {
  const picture = element('span')
  void qr().then((drawn) => drawn && picture.append(drawn))
  return [element('a', { href: url, target: '_blank', rel: 'noopener' }, say('open')), picture]
}

const codeOf = ({ say }: Pick<Texts, 'say'>, code: string) => element('p', {}, say('code', code))

const row = (...children: Node[]) => element('div', {}, ...children)

export const button = (words: string, onclick: () => void, disabled = false) =>
  element('button', { type: 'button', onclick, disabled }, words)

const quiet = (words: string, onclick: () => void) =>
  element('button', { type: 'button', className: 'quiet', onclick }, words)
