import {
  decimalOf,
  minorOf,
  type Bonuses,
  type Quote,
  type ShopPage,
  type Spending,
  type TelegramProof,
} from '@tapline/storefront'
import { goodsMinor, hasPromoBlock, lostFreeDelivery } from './cart.ts'
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
  /** Hundredths that were typed or chosen: they stay when something else is drawn anew. */
  wish: { minor?: number }
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
    ...[isForeignPromo, goods, cart.delivery, hasPromoBlock()],
  ])
}

/** What stands in the cart above the total. Nothing where there is nothing to say. */
export function drawBox(state: BoxState, acts: BoxActs): Nodes {
  const { bonuses, quote, texts, note } = state
  const earned = minor(quote?.earned)
  const parts = [
    // Of what bonuses pay for, nothing is earned.
    !isLive(bonuses.spending) && earned > 0 && element('p', {}, texts.say('earns', texts.bonuses(earned))),
    ...drawSpending(state, acts),
    note !== '' && element('p', { role: 'status' }, note),
  ].filter(Boolean) as Node[]
  return parts.length > 0 ? [element('section', {}, ...parts)] : []
}

const isLive = (spending: Spending | null) =>
  spending?.state === 'active' || spending?.state === 'awaiting-confirmation'

function drawSpending(state: BoxState, acts: BoxActs): Nodes {
  const { bonuses, shop, cart, quote, texts, busy, isForeignPromo, wish } = state
  const { say } = texts
  const { spending } = bonuses
  if (spending?.state === 'active') {
    const amount = minor(spending.amount)
    // A delivery may be chosen after it was confirmed.
    const free = lostFreeDelivery(cart, goodsMinor(cart), amount)
    return [
      row(element('b', {}, say('paid', texts.money(amount))), quiet(say('undo'), acts.undo)),
      free > 0 && element('p', {}, say('delivery', texts.money(free))),
    ]
  }
  if (spending?.state === 'awaiting-confirmation') {
    const words = say('confirm', texts.bonuses(minor(spending.amount)))
    const step = wayTo(texts, words, spending.code, acts.undo)
    void bonuses.bot().then(({ data }) => data && step.leadTo(data))
    return [step.shown]
  }
  const mode = shop.bonuses.spending
  if (mode === 'off' || (mode === 'promo-codes' && !hasPromoBlock())) return []
  if (!bonuses.proven)
    return shop.telegram ? drawProof(bonuses, texts, () => button(say('wish'), acts.prove, busy), acts.stopProof) : [] // prettier-ignore
  if (!quote) return []
  const available = minor(quote.spend.available)
  const have = element('p', {}, say('have', texts.bonuses(available)))
  if (isForeignPromo) return [have, element('p', {}, say('promo')), quiet(say('dropPromo'), acts.dropPromo)]
  const goods = goodsMinor(cart)
  const most = Math.min(minor(quote.spend.most), goods)
  const nominals = shop.bonuses.nominals.map(minor).filter((nominal) => nominal <= most)
  if (most <= 0 || (mode === 'promo-codes' && nominals.length === 0))
    return [have, available > 0 && element('p', {}, say('none'))]
  if (most < available) have.append(', ', say('upTo', texts.number(most)))

  const first = wish.minor && wish.minor <= most ? wish.minor : most
  const chosen =
    mode === 'promo-codes'
      ? element(
          'select',
          { ariaLabel: say('wish') },
          ...nominals.map((each) =>
            element(
              'option',
              {
                value: decimalOf(each),
                selected: each === (nominals.includes(first) ? first : nominals.at(-1)),
              },
              texts.bonuses(each),
            ),
          ),
        )
      : element('input', {
          inputMode: 'decimal',
          ariaLabel: say('wish'),
          autocomplete: 'off',
          value: texts.typed(first),
        })
  const wanted = () => minor(chosen.value)
  const fits = () => wanted() > 0 && wanted() <= most
  const warning = element('p', { role: 'status' })
  const warn = () => {
    const free = lostFreeDelivery(cart, goods, wanted())
    if (!fits()) warning.textContent = say('range', texts.number(most))
    else warning.textContent = free ? say('delivery', texts.money(free)) : ''
  }
  chosen.oninput = () => {
    wish.minor = minor(chosen.value)
    warn()
  }
  const go = () => {
    if (fits()) acts.spend(wanted())
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
export function drawProof({ proof }: Bonuses, texts: Texts, begin: () => Node, stop: () => void): Nodes {
  if (!proof) return [begin()]
  const { name } = tilda.mauser ?? {}
  const words = texts.say('prove')
  const step = wayTo(
    texts,
    name ? `${name}, ${words}` : words[0]!.toUpperCase() + words.slice(1),
    proof.code,
    stop,
  )
  step.leadTo(proof)
  return [step.shown]
}

/** What is to be done in Telegram: a link for this device, and for another one its picture, when it is drawn. */
function wayTo({ say }: Texts, words: string, code: string, stop: () => void) {
  const link = element('a', { target: '_blank', rel: 'noopener' }, say('open'))
  const picture = element('span')
  const way = element('p', {}, link)
  const steps = element('span', { className: 'steps' }, element('p', {}, words), way)
  steps.append(element('p', {}, say('code', code)), quiet(say('cancel'), stop))
  return {
    shown: row(steps, picture),
    leadTo({ url, qr }: Pick<TelegramProof, 'url' | 'qr'>): void {
      link.href = url
      void qr().then((drawn) => drawn && picture.append(drawn))
    },
  }
}

const row = (...children: Node[]) => element('div', {}, ...children)

export const button = (words: string, onclick: () => void, disabled = false) =>
  element('button', { type: 'button', onclick, disabled }, words)

const quiet = (words: string, onclick: () => void) =>
  element('button', { type: 'button', className: 'quiet', onclick }, words)
