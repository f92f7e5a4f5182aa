import { jsonOf } from './json.ts'
import { h } from './element.ts'
import type { Shop } from './shop.ts'
import { openView } from './view.ts'

/** Who somebody is to the shop: bonuses and tier; whoever is not known may prove it. */
export function memberView(shop: Shop, place: HTMLElement) {
  const view = openView(place, 'member')
  return {
    host: view.host,
    render(): void {
      const { page, words, customer, busy, note } = shop
      if (page === undefined) return
      if (!page || !words || (!customer && !page.telegram)) return view.hide()
      const { texts, say, bonuses } = words
      const { bonuses: mine, tier } = customer ?? {}
      const proof = shop.provesIn(place) ? shop.proof : undefined
      const parts = proof && !customer ? shop.payParts() : undefined
      const have = mine ? say(texts.have, bonuses(mine.available)) : ''
      view.show(jsonOf([have, tier, proof?.code, busy, note, texts.mine, !parts]), have, () => [
        customer
          ? h(
              'div',
              { class: 'row apart' },
              h(
                'span',
                {},
                h('b', {}, have),
                Boolean(tier?.name) &&
                  h('span', { class: 'dim' }, ` · ${tier!.name}, ${tier!.earnPercent} %`),
              ),
              h('button', { type: 'button', class: 'link', click: shop.bonuses.signOut }, texts.leave),
            )
          : proof
            ? parts?.telegramPart(words, {
                lead: texts.prove,
                code: proof.code,
                bot: proof,
                cancel: proof.cancel,
              })
            : h(
                'div',
                { class: 'row' },
                h(
                  'button',
                  {
                    id: 'mine',
                    type: 'button',
                    part: 'button',
                    disabled: busy,
                    click: () => void shop.prove(place),
                  },
                  texts.mine,
                ),
              ),
        note && h('p', { class: 'dim' }, texts[note]),
      ])
    },
  }
}
