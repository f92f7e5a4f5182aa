import { fill, h, icon } from './element.ts'
import { COPY } from './icons.ts'
import { dayIn, tagsOf } from './locale.ts'
import { amountOf } from './money.ts'
import type { Stage, View } from './stage.ts'
import { createTelegramLink, type TelegramLink } from './telegram-link.ts'
import { isWord } from './texts.ts'
import type { components } from '@tapline/openapi'

type Me = components['schemas']['Me']
type Customer = NonNullable<Me['customer']>
type Entry = components['schemas']['Entry']
type Entries = { data: Entry[]; nextCursor: string | null }

const PAGE = 20

interface Needs {
  stage: Stage
  /** A link into Telegram was made here. */
  onLink: (link: TelegramLink) => void
}

/** What a customer has: only ever of somebody who has been proven. */
export function createBonusesView({ stage, onLink }: Needs): View & { load(): Promise<void>; anew(): void } {
  const element = h('div', { class: 'view bonuses', tabindex: 0 })
  let customer: Customer | undefined
  let entries: Entry[] = []
  let cursor: string | null = null
  let state: 'new' | 'asking' | 'loading' | 'shown' | 'failed' = 'new'
  // What was drawn last: drawn anew it would take the focus away.
  let drawn = ''

  async function load(): Promise<void> {
    if (!stage.isProven) return ask()
    if (state === 'loading') return
    const { talk } = stage
    const before = [customer, entries, cursor] as const
    state = customer ? 'shown' : 'loading'
    draw()
    try {
      await talk.connect()
      const [me, page] = await Promise.all([
        talk.chat.call<Me>('GET', '/v1/me'),
        talk.chat.call<Entries>('GET', `/v1/me/entries?limit=${PAGE}`),
      ])
      if (talk !== stage.talk) return
      if (!me.customer) throw new Error('Nobody is proven.')
      customer = me.customer
      entries = page.data
      cursor = page.nextCursor
      state = 'shown'
      drawn = ''
      draw()
    } catch {
      if (talk !== stage.talk) return
      // Nothing came, or nothing that can be shown.
      ;[customer, entries, cursor] = before
      state = customer ? 'shown' : 'failed'
      draw()
    }
  }

  function again(): void {
    element.focus()
    void load()
  }

  function ask(): void {
    if (state === 'asking') return
    state = 'asking'
    const { say, page } = stage
    if (!page.telegram) return fill(element, h('div', { class: 'card soft' }, say('proveNone')))
    const start = h('button', { class: 'main', type: 'button', onclick: () => prove() }, say('prove'))
    const card = h(
      'div',
      { class: 'card' },
      h('h3', {}, say('proveTitle')),
      h('p', {}, say('proveText')),
      start,
    )
    const prove = (): void => {
      const link = createTelegramLink({ stage, title: say('proveTitle'), text: say('proveText'), button: say('prove'), onMade }) // prettier-ignore
      fill(element, link)
      link.focus()
    }
    const onMade = (link: TelegramLink): void => {
      element.append(h('p', { class: 'soft wait', role: 'status' }, say('proveWaiting')))
      onLink(link)
    }
    fill(element, card)
  }

  async function more(): Promise<void> {
    const next = await stage.talk.chat
      .call<Entries>('GET', `/v1/me/entries?limit=${PAGE}&cursor=${encodeURIComponent(cursor!)}`)
      .catch(() => undefined)
    if (!next?.data) return
    entries = [...entries, ...next.data]
    cursor = next.nextCursor
    draw()
    element.focus()
  }

  function balance({ bonuses }: Customer): HTMLElement {
    const { say, locale } = stage
    const side = (['pending', 'held', 'debt'] as const)
      .filter((kind) => Number(bonuses[kind]) !== 0)
      .map((kind) => h('span', {}, say(kind), ' ', h('b', {}, amountOf(bonuses[kind], locale))))
    const soon = Number(bonuses.expiringSoon) > 0
    return h(
      'section',
      { class: 'balance' },
      h('h3', {}, say('balance')),
      h('p', { class: 'amount' }, amountOf(bonuses.available, locale)),
      side.length > 0 && h('p', { class: 'sides' }, ...side),
      soon && h('p', { class: 'soon' }, say('expiring', { amount: amountOf(bonuses.expiringSoon, locale) })),
    )
  }

  function tier({ tier: level, totalSpent }: Customer): HTMLElement {
    const { say, locale, page } = stage
    const { name, earnPercent, nextTier, toNextTier, lapsesAt } = level
    const left = Number(toNextTier)
    const share = nextTier ? Number(totalSpent) / (Number(totalSpent) + left || 1) : 1
    const isMoney = toNextTier?.includes('.')
    const amount = toNextTier ? amountOf(toNextTier, locale, isMoney ? page.currency : undefined) : ''
    const words = nextTier ? say('toNext', { amount, tier: nextTier }) : ''
    const date = lapsesAt && dayIn(new Date(lapsesAt), locale)
    return h(
      'section',
      { class: 'card tier' },
      h('h3', {}, say('tier'), name && h('span', { class: 'name' }, name)),
      h(
        'p',
        { class: 'soft' },
        say('earns', { percent: new Intl.NumberFormat(tagsOf(locale)).format(earnPercent) }),
      ),
      nextTier && h('progress', { max: 1, value: share, 'aria-label': words }),
      nextTier && h('p', { class: 'soft' }, words),
      date && h('p', { class: 'soon' }, say('lapses', { date })),
    )
  }

  function invite({ referralCode }: Customer): HTMLElement {
    const { say } = stage
    const link = `${location.origin}/?ref=${encodeURIComponent(referralCode)}`
    const field = h('input', {
      readonly: true,
      value: link,
      'aria-label': say('copyLink'),
      onfocus: () => field.select(),
    })
    const copy = h('button', { class: 'tool', type: 'button', 'aria-label': say('copyLink'), title: say('copyLink'), onclick }, icon(COPY)) // prettier-ignore
    function onclick(): void {
      field.select()
      void navigator.clipboard?.writeText(link).then(() => stage.announce(say('copied')), () => undefined) // prettier-ignore
      copy.classList.add('done')
    }
    return h(
      'section',
      { class: 'card' },
      h('h3', {}, say('invite')),
      h('p', { class: 'soft' }, say('inviteText')),
      h('div', { class: 'copy' }, field, copy),
      h('p', { class: 'soft' }, say('referralCode'), ' ', h('b', {}, referralCode)),
    )
  }

  function history(): HTMLElement {
    const { say, locale } = stage
    const lines = entries.map(({ kind, amount, orderId, occurredAt, reason }) => {
      const value = Number(amount)
      const sign = value > 0 ? '+' : value < 0 ? '−' : ''
      const day = dayIn(new Date(occurredAt), locale)
      const about = orderId
        ? ` · ${say('order', { id: orderId })}`
        : kind === 'adjust' && reason
          ? ` · ${reason}`
          : ''
      return h(
        'li',
        {},
        h('span', {}, isWord(kind) ? say(kind) : kind, h('small', {}, day + about)),
        h('b', { class: value > 0 ? 'plus' : '' }, sign + amountOf(amount.replace('-', ''), locale)),
      )
    })
    const next = h('button', { class: 'quiet', type: 'button', onclick: () => void more() }, say('more'))
    return h(
      'section',
      { class: 'card history' },
      h('h3', {}, say('history')),
      lines.length > 0 ? h('ul', {}, ...lines) : h('p', { class: 'soft' }, say('noHistory')),
      cursor !== null && next,
    )
  }

  function draw(): void {
    const { say } = stage
    element.setAttribute('aria-label', say('bonuses'))
    element.setAttribute('role', 'region')
    const next = `${state} ${stage.locale} ${entries.length}`
    if (state === 'asking' || next === drawn) return
    drawn = next
    if (state === 'loading')
      fill(element, h('div', { class: 'bones', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')))
    else if (state === 'failed') {
      const retry = h('button', { class: 'main', type: 'button', onclick: again }, say('retry'))
      fill(element, h('div', { class: 'card' }, h('p', { role: 'alert' }, say('bonusesFailed')), retry))
    } else if (state === 'shown' && customer)
      fill(element, balance(customer), tier(customer), history(), invite(customer))
  }

  return {
    ...{ element, draw, load },
    anew(): void {
      customer = undefined
      entries = []
      cursor = null
      state = 'new'
      drawn = ''
      fill(element)
    },
  }
}
