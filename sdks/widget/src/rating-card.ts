import { h, icon } from './element.ts'
import { STAR } from './icons.ts'
import type { Stage } from './stage.ts'

/** Asks how somebody was helped: five stars, and words if there are any. */
export function createRatingCard(
  stage: Stage,
  onRated: (score: number, comment: string | null) => void,
): HTMLElement {
  const { say } = stage
  const comment = h('textarea', { rows: 2, maxlength: 1_000, 'aria-label': say('rateComment'), placeholder: say('rateComment'), hidden: true }) // prettier-ignore
  const send = h('button', { class: 'main', type: 'submit', hidden: true }, say('rateSend'))
  const stars = [1, 2, 3, 4, 5].map((score) => {
    const radio = h('input', { class: 'unseen', type: 'radio', name: 'score', value: score, 'aria-label': say('stars', { count: score }), onchange: () => choose(score) }) // prettier-ignore
    return h('label', { class: 'star' }, radio, icon(STAR))
  })
  let chosen = 0

  function choose(score: number): void {
    chosen = score
    stars.forEach((star, index) => star.classList.toggle('on', index < score))
    comment.hidden = send.hidden = false
    send.scrollIntoView({ block: 'nearest' })
  }
  function onsubmit(event: Event): void {
    event.preventDefault()
    if (chosen > 0) onRated(chosen, comment.value.trim() || null)
  }
  const group = h('fieldset', {}, h('legend', {}, say('rateTitle')), h('div', { class: 'stars' }, ...stars))
  return h('form', { class: 'card rating', onsubmit }, group, comment, send)
}
