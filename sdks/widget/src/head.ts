import { assign, fill, h, icon } from './element.ts'
import { BACK, CROSS, MORE } from './icons.ts'
import { dayIn, inLocale, tagsOf, type Locale } from './locale.ts'
import type { Stage, View } from './stage.ts'

export type Place = 'chat' | 'bonuses' | 'settings'

interface Needs {
  stage: Stage
  place: () => Place
  go: (place: Place) => void
  shut: () => void
}

const FACES = 3

/** The top of the panel: whose chat it is, whether somebody is there, and the ways to its parts. */
export function createHead({ stage, place, go, shut }: Needs): View & { id: string } {
  const id = 'tapline-title'
  const faces = h('div', { class: 'faces', 'aria-hidden': 'true' })
  const title = h('h2', { id })
  const state = h('p', { class: 'state', role: 'status' })
  const back = h('button', { class: 'tool', type: 'button', onclick: () => go('chat') }, icon(BACK))
  const more = h('button', { class: 'tool', type: 'button', onclick: () => go('settings') }, icon(MORE))
  const close = h('button', { class: 'tool', type: 'button', onclick: shut }, icon(CROSS))
  const bar = h('div', { class: 'bar' }, back, faces, h('div', { class: 'names' }, title, state), more, close)
  const tabs = h('div', { class: 'tabs', role: 'tablist', onkeydown })
  const element = h('header', { class: 'head' }, bar, tabs)
  const buttons = { chat: tab('chat'), bonuses: tab('bonuses') }
  tabs.append(buttons.chat, buttons.bonuses)

  function tab(name: 'chat' | 'bonuses'): HTMLButtonElement {
    return h('button', { id: `tapline-tab-${name}`, role: 'tab', type: 'button', 'aria-controls': 'tapline-view', onclick: () => go(name) }) // prettier-ignore
  }
  function onkeydown({ key }: KeyboardEvent): void {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return
    const next = place() === 'chat' ? 'bonuses' : 'chat'
    go(next)
    buttons[next].focus()
  }

  function stateText(): string {
    const { talk, page, say, locale } = stage
    if (!navigator.onLine || talk.status === 'waiting') return say('offline')
    if (talk.id && (talk.status === 'connecting' || talk.status === 'idle')) return say('connecting')
    if (!page.chat.open) {
      const { changesAt } = page.chat
      return changesAt ? say('opens', { when: whenOf(new Date(changesAt), locale) }) : say('closed')
    }
    return talk.isPresent() ? say('here') : say('usually')
  }

  function draw(): void {
    const { page, say, locale, talk } = stage
    const at = place()
    const name = inLocale(page.widget.title, locale, page.locale) ?? (page.name || say('chat'))
    title.textContent = at === 'settings' ? say('settings') : name
    const words = at === 'settings' ? '' : stateText()
    if (state.textContent !== words) state.textContent = words
    state.className = `state${!navigator.onLine || talk.status === 'waiting' ? ' off' : talk.isPresent() && page.chat.open ? ' on' : ''}`
    const agents = talk.agents().slice(-FACES)
    const letters = agents.length > 0 ? agents.map(({ name: who }) => who ?? '?') : [name]
    fill(faces, ...letters.map((who) => h('span', {}, [...who.trim()][0]?.toUpperCase() ?? '?')))
    faces.hidden = at === 'settings'
    back.hidden = at !== 'settings'
    more.hidden = at === 'settings'
    const hasBonuses = stage.isProven || (page.telegram && page.bonuses.percent > 0)
    tabs.hidden = !hasBonuses || at === 'settings'
    for (const name of ['chat', 'bonuses'] as const) {
      buttons[name].textContent = say(name)
      assign(buttons[name], { 'aria-selected': String(at === name), tabindex: at === name ? 0 : -1 })
    }
    assign(back, { 'aria-label': say('back'), title: say('back') })
    assign(more, { 'aria-label': say('settings'), title: say('settings') })
    assign(close, { 'aria-label': say('close'), title: say('close') })
  }

  return { element, draw, id }
}

/** A time within a day, else with its day. */
function whenOf(at: Date, locale: Locale): string {
  const time = at.toLocaleTimeString(tagsOf(locale), { timeStyle: 'short' })
  return at.toDateString() === new Date().toDateString() ? time : `${dayIn(at, locale)}, ${time}`
}
