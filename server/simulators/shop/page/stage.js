import { changeBy, happened } from './happened.js'

const WORDS = {
  ru: {
    panes: {
      shop: 'Магазин',
      tilda: 'Страница на Tilda',
      phone: 'Телефон покупателя',
      board: 'Доска операторов',
      books: 'Книга',
    },
    short: { shop: 'Магазин', tilda: 'Tilda', phone: 'Телефон', board: 'Доска', books: 'Книга' },
    steps: ['Купите', 'Получите бонусы', 'Спросите в чате', 'Ответьте на доске', 'Потратьте бонусы'],
    brief: ['Купите', 'Получите', 'Спросите', 'Ответьте', 'Потратьте'],
    nothing: 'Пока ничего не произошло. Купите что-нибудь в магазине.',
    heads: ['Когда', 'Что произошло', 'Бонусы', 'Стало'],
  },
  en: {
    panes: {
      shop: 'Shop',
      tilda: 'A Tilda page',
      phone: "Customer's phone",
      board: "Agents' board",
      books: 'Books',
    },
    short: { shop: 'Shop', tilda: 'Tilda', phone: 'Phone', board: 'Board', books: 'Books' },
    steps: ['Buy', 'Earn bonuses', 'Ask in the chat', 'Answer on the board', 'Spend bonuses'],
    brief: ['Buy', 'Earn', 'Ask', 'Answer', 'Spend'],
    nothing: 'Nothing has happened yet. Buy something in the shop.',
    heads: ['When', 'What happened', 'Bonuses', 'Left'],
  },
}
/** What shows that a step is done. */
const isDone = [
  ({ events }) => events.some(({ type }) => type === 'bonus.awarded'),
  ({ events }) => events.some(({ type }) => type === 'bonus.awarded'),
  ({ isAsked }) => isAsked,
  ({ isAnswered }) => isAnswered,
  ({ events }) => events.some(({ type }) => type === 'bonus.spent'),
]
const $ = (selector) => document.querySelector(selector)
const about = await (await fetch('/stage/about')).json()
/** As many as the books bring. */
const SHOWN = 40
let locale = localStorage.getItem('stage-locale') ?? 'ru'
const done = new Set()
const SITES = ['shop', ...(about.tildaUrl === null ? [] : ['tilda'])]
const STANDS = [
  ...(about.telegramUrl === null ? [] : ['phone']),
  ...(about.todoistUrl === null ? [] : ['board']),
  'books',
]
const shown = { site: 'shop', stand: STANDS[0], one: 'shop' }
const narrow = window.matchMedia('(max-width: 60rem)')

const inLanguage = (address) => {
  if (address === null) return 'about:blank'
  const url = new URL(address, location.href)
  url.searchParams.set('lang', locale)
  return url.href
}
$('#shop').src = inLanguage('/shop')
$('#phone').src = inLanguage(about.telegramUrl)
$('#board').src = inLanguage(about.todoistUrl)
$('#tilda').src = about.tildaUrl ?? 'about:blank'
$('#reference').href = `${about.apiUrl}/docs`

function tab(name, label, isSelected, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.role = 'tab'
  made.dataset.pane = name
  made.textContent = label
  made.ariaSelected = String(isSelected)
  made.onclick = () => {
    act(name)
    draw()
  }
  return made
}

function draw() {
  const words = WORDS[locale]
  document.documentElement.lang = locale
  $('#language').textContent = locale === 'ru' ? 'EN' : 'RU'
  const current = [0, 1, 2, 3, 4].find((index) => !done.has(index))
  $('#steps').replaceChildren(
    ...words.steps.map((text, index) => {
      const step = document.createElement('li')
      step.dataset.number = String(index + 1)
      step.className = done.has(index) ? 'done' : ''
      if (index === current) step.setAttribute('aria-current', 'step')
      const span = document.createElement('span')
      span.textContent = narrow.matches ? words.brief[index] : text
      step.title = text
      step.append(span)
      return step
    }),
  )
  $('#sites').replaceChildren(
    ...SITES.map((name) => tab(name, words.panes[name], name === shown.site, (to) => (shown.site = to))),
  )
  $('#stands').replaceChildren(
    ...STANDS.map((name) => tab(name, words.panes[name], name === shown.stand, (to) => (shown.stand = to))),
  )
  $('#tabs').replaceChildren(
    ...[...SITES, ...STANDS].map((name) =>
      tab(name, words.short[name], name === shown.one, (to) => {
        shown.one = to
        if (SITES.includes(to)) shown.site = to
        else shown.stand = to
      }),
    ),
  )
  for (const name of SITES) $(`#${name}`).hidden = name !== shown.site
  for (const name of ['phone', 'board', 'books']) $(`#${name}`).hidden = name !== shown.stand
  $('#left').hidden = narrow.matches && !SITES.includes(shown.one)
  $('#right').hidden = narrow.matches && SITES.includes(shown.one)
  for (const [name, element] of Object.entries({ ...WORDS.en.panes }).map(([key]) => [key, $(`#${key}`)]))
    if (element.tagName === 'IFRAME') element.title = words.panes[name]
}

function figure(amount, signDisplay = 'auto') {
  if (amount === undefined || (signDisplay !== 'auto' && Number(amount) === 0)) return ''
  return new Intl.NumberFormat(locale, { signDisplay }).format(Number(amount))
}
/** Where the books begin, it is all that there is. */
const firstOf = ({ data }) => (lines.length < SHOWN ? data.available : undefined)

let lines = []
function drawBooks(isFresh) {
  const words = WORDS[locale]
  const known = new Set(lines.map(({ id }) => id))
  if (isFresh !== undefined) lines = isFresh
  const books = $('#books')
  if (lines.length === 0) {
    const nothing = document.createElement('p')
    nothing.textContent = words.nothing
    return books.replaceChildren(nothing)
  }
  const table = document.createElement('table')
  const head = table.createTHead().insertRow()
  for (const text of words.heads)
    head.append(Object.assign(document.createElement('th'), { textContent: text, scope: 'col' }))
  const body = table.createTBody()
  lines.forEach((event, index) => {
    const { id, type, timestamp, data } = event
    const row = body.insertRow()
    if (known.size > 0 && !known.has(id)) row.className = 'new'
    const cell = (className, text) => Object.assign(row.insertCell(), { className, textContent: text })
    cell('time', new Date(timestamp).toLocaleTimeString(locale))
    cell('what', happened(locale, event)).title = type
    cell('sum', figure(changeBy(lines, index) ?? firstOf(event), 'exceptZero'))
    cell('left', figure(data.available))
  })
  books.replaceChildren(table)
}

new EventSource('/stage/books').onmessage = ({ data }) => {
  const books = JSON.parse(data)
  isDone.forEach((test, index) => test(books) && done.add(index))
  const isNews = lines.length > 0 && books.events[0]?.id !== lines[0]?.id
  drawBooks(books.events)
  draw()
  if (isNews && shown.stand !== 'books')
    for (const one of document.querySelectorAll('[data-pane=books]')) one.classList.add('news')
}
window.addEventListener('message', ({ origin, data }) => {
  if (
    origin !== location.origin ||
    about.telegramUrl === null ||
    !String(data?.telegram).startsWith(about.telegramUrl)
  )
    return
  $('#phone').src = inLanguage(data.telegram)
  shown.stand = 'phone'
  shown.one = 'phone'
  draw()
})
$('#language').onclick = () => {
  locale = locale === 'ru' ? 'en' : 'ru'
  localStorage.setItem('stage-locale', locale)
  // Who they are, and what is open in them, they keep.
  $('#shop').src = inLanguage('/shop')
  for (const [id, url] of [
    ['#phone', about.telegramUrl],
    ['#board', about.todoistUrl],
  ])
    if (url !== null) $(id).contentWindow.postMessage({ lang: locale }, new URL(url).origin)
  draw()
  drawBooks()
}
narrow.addEventListener('change', draw)
draw()
drawBooks()
