import { h } from './element.ts'
import { decimalOf, minorOf } from './money.ts'
import type { Words } from './words.ts'

interface Shown {
  /** Hundredths that may be spent at most. */
  most: number
  /** Of promo codes; only these can be spent then. */
  nominals: string[] | undefined
  busy: boolean
  spend: (amount: string) => void
}

/** How many: by a slider with a field beside it, or one of the nominals. */
export function spendPart(words: Words, { most, nominals, busy, spend }: Shown): HTMLElement {
  const { texts, say, number, typed } = words
  const label = (minor: number) => say(texts.spend, number(decimalOf(minor)))
  const button = (minor: number, id: string) =>
    h(
      'button',
      {
        id,
        type: 'button',
        class: 'main',
        part: 'button',
        disabled: busy,
        click: () => spend(decimalOf(wish(minor))),
      },
      label(minor),
    )
  const row = h('div', { class: 'row' })
  let wished = most
  const wish = (minor: number) => (nominals ? minor : wished)
  if (nominals) {
    for (const nominal of nominals) {
      const minor = minorOf(nominal)
      if (minor && minor <= most) row.append(button(minor, `n${minor}`))
    }
    return row
  }
  const act = button(most, 'spend')
  const whole = Math.floor(most / 100)
  const slider = h('input', {
    ...{ id: 'slider', type: 'range', min: 1, max: whole, step: 1, value: whole },
    ...{ 'aria-label': texts.amount, 'aria-valuetext': number(decimalOf(most)) },
    input: () => set(slider.value === String(whole) ? most : Number(slider.value) * 100, slider),
  })
  const field = h('input', {
    ...{ id: 'field', type: 'text', inputmode: 'decimal', autocomplete: 'off', 'aria-label': texts.amount },
    'aria-describedby': 'range',
    value: typed(decimalOf(most)),
    input: () => set(minorOf(field.value) ?? 0, field),
    keydown: (event) => {
      // Enter spends; it does not order.
      if ((event as KeyboardEvent).key !== 'Enter') return
      event.preventDefault()
      act.click()
    },
  })
  const hint = h('p', { id: 'range', role: 'alert' })
  function set(minor: number, by: HTMLInputElement): void {
    const fits = minor > 0 && minor <= most
    wished = fits ? minor : wished
    act.disabled = busy || !fits
    field.setAttribute('aria-invalid', String(!fits))
    hint.textContent = fits ? '' : say(texts.range, number(decimalOf(most)))
    if (!fits) return
    if (by !== field) field.value = typed(decimalOf(minor))
    if (by !== slider) slider.value = String(Math.floor(minor / 100))
    slider.setAttribute('aria-valuetext', number(decimalOf(minor)))
    act.textContent = label(minor)
  }
  row.append(slider, field, act)
  return h('div', { class: 'col' }, row, hint)
}
