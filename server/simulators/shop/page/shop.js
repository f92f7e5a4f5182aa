const WORDS = {
  ru: {
    brand: 'Лист и чаша',
    cart: 'Корзина',
    hero: 'Чай, за который возвращаются бонусы',
    foot: 'Демонстрационный магазин Tapline. Здесь ничего не продаётся по-настоящему.',
    empty: 'Пока пусто.',
    name: 'Имя',
    email: 'Почта',
    phone: 'Телефон',
    submit: 'Оформить заказ',
    thanks: 'Спасибо!',
    again: 'Вернуться к чаю',
    add: 'В корзину',
    goods: 'Товары',
    off: 'Бонусы',
    total: 'К оплате',
    login: 'Войти как Анна',
    logout: 'Анна · выйти',
    fewer: 'Меньше',
    more: 'Больше',
    done: (id, paid, earned) =>
      `Заказ ${id} на ${paid} принят.${earned ? ` Начислено бонусов: ${earned}.` : ''} Откройте «Книгу» рядом.`,
    refusals: {
      cart: 'В корзине нет того, что здесь продаётся. Обновите страницу.',
      contact: 'Такой почты или такого телефона не бывает. Проверьте: по ним узнают ваши бонусы.',
      unsure:
        'Сейчас не получается проверить бонусы, поэтому заказ не оформлен. Попробуйте через минуту или закажите без них.',
      refused: 'Заказ не принят. Напишите нам в чат, разберёмся.',
      bonuses: (why) =>
        `Бонусы к этому заказу не подошли${why}, поэтому он не оформлен. Они остались у вас: спишите их ещё раз или закажите без них.`,
    },
    because: {
      expired: ': время на оплату вышло',
      unconfirmed: ': списание не подтверждено в Telegram',
      released: ': списание было отменено',
      foreign: ': их откладывал другой покупатель',
      used: ': ими уже оплачен другой заказ',
    },
  },
  en: {
    brand: 'Leaf & Bowl',
    cart: 'Cart',
    hero: 'Tea that gives bonuses back',
    foot: 'A demo shop of Tapline. Nothing is really sold here.',
    empty: 'Nothing yet.',
    name: 'Name',
    email: 'E-mail',
    phone: 'Phone',
    submit: 'Place the order',
    thanks: 'Thank you!',
    again: 'Back to the tea',
    add: 'Add',
    goods: 'Goods',
    off: 'Bonuses',
    total: 'To pay',
    login: 'Log in as Anna',
    logout: 'Anna · log out',
    fewer: 'Fewer',
    more: 'More',
    done: (id, paid, earned) =>
      `Order ${id} of ${paid} is in.${earned ? ` Bonuses earned: ${earned}.` : ''} Open the books beside.`,
    refusals: {
      cart: 'Nothing in the cart is sold here. Please reload the page.',
      contact:
        'There is no such e-mail address or phone number. Please look again: your bonuses are known by them.',
      unsure:
        'The bonuses cannot be checked right now, so the order was not placed. Try again in a minute, or order without them.',
      refused: 'The order was not taken. Write to us in the chat, and we will sort it out.',
      bonuses: (why) =>
        `The bonuses do not fit this order${why}, so it was not placed. You keep them: spend them again, or order without them.`,
    },
    because: {
      expired: ': the time to pay was over',
      unconfirmed: ': they were not confirmed in Telegram',
      released: ': they were let go',
      foreign: ': somebody else has put them aside',
      used: ': they have paid for another order',
    },
  },
}
const $ = (selector) => document.querySelector(selector)
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    key in made ? (made[key] = value) : made.setAttribute(key, value)
  made.append(...children)
  return made
}
const kept = (key, fallback) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? fallback
  } catch {
    return fallback
  }
}
// The page came in it, so that what Tapline shows in it speaks the same.
const locale = document.documentElement.lang
let cart = kept('shop-cart', {})
let person = kept('shop-person', null)
/** Whoever holds the phone on the stage: with another number the bonuses would be somebody else's. */
const GUEST = {
  name: locale === 'ru' ? 'Анна' : 'Anna',
  email: 'anna@example.com',
  phone: '+7 900 000-10-01',
}
const FIELDS = Object.keys(GUEST)
let goods = []
let spending = null
const money = (amount) =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 2,
    minimumFractionDigits: 0,
  }).format(amount)
const words = () => WORDS[locale]
const lines = () =>
  goods.filter(({ sku }) => cart[sku] > 0).map((good) => ({ ...good, quantity: cart[good.sku] }))
const total = () => lines().reduce((sum, { price, quantity }) => sum + price * quantity, 0)

function picture({ colours: [light, dark], picture: kind }) {
  const paths = {
    leaf: 'M60 82c-6-30 14-52 44-54 2 34-16 54-40 50M60 84c6-18 16-28 30-36',
    cake: 'M34 58a46 22 0 1 0 92 0a46 22 0 1 0-92 0M34 58v10a46 22 0 0 0 92 0V58M70 58a10 5 0 1 0 20 0a10 5 0 1 0-20 0',
    cup: 'M44 42h72c0 28-12 44-36 44S44 70 44 42zM62 92h36',
    pot: 'M52 54c10-12 46-12 56 0 8 10 6 34-6 40H58c-12-6-14-30-6-40zM68 46a12 5 0 0 1 24 0M110 62c18-8 22 18 2 26M50 66c-12-2-16-12-20-20',
    tray: 'M26 56h108l-10 28H36zM44 64h72M42 72h76M48 56V44h24v12',
    bowl: 'M36 48h88c-2 28-18 44-44 44S38 76 36 48zM58 30c-4 6 4 8 0 14M80 26c-4 6 4 8 0 14M102 30c-4 6 4 8 0 14',
  }
  const svg = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    return made
  }
  const drawn = svg('svg', { viewBox: '0 0 160 110', 'aria-hidden': 'true' })
  drawn.append(
    svg('rect', { width: 160, height: 110, fill: light }),
    svg('circle', { cx: 80, cy: 58, r: 46, fill: '#fff', opacity: 0.5 }),
    svg('path', {
      d: paths[kind],
      fill: 'none',
      stroke: dark,
      'stroke-width': 3.2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  )
  return drawn
}

function drawGoods() {
  $('#goods').replaceChildren(
    ...goods.map((good) =>
      element(
        'li',
        { className: 'good' },
        picture(good),
        element(
          'div',
          { className: 'words' },
          element('h3', {}, good.name[locale] ?? good.name.ru),
          element('p', {}, good.about[locale] ?? good.about.ru),
          element('div', { 'data-tapline-earn': '', 'data-price': String(good.price) }),
          element(
            'div',
            { className: 'buy' },
            element('span', { className: 'price' }, money(good.price)),
            element('button', { type: 'button', onclick: () => change(good.sku, 1) }, words().add),
          ),
        ),
      ),
    ),
  )
}

function drawCart() {
  const rows = lines()
  const off = spending?.state === 'active' ? Number(spending.discount) : 0
  $('#pieces').textContent = String(rows.reduce((sum, { quantity }) => sum + quantity, 0))
  $('#empty').hidden = rows.length > 0 || !$('#done').hidden
  $('#order').hidden = rows.length === 0
  $('#lines').replaceChildren(
    ...rows.map(({ sku, name, price, quantity }) =>
      element(
        'li',
        {},
        element('span', {}, name[locale] ?? name.ru),
        element(
          'span',
          { className: 'many' },
          element(
            'button',
            { type: 'button', ariaLabel: words().fewer, onclick: () => change(sku, -1) },
            '−',
          ),
          String(quantity),
          element('button', { type: 'button', ariaLabel: words().more, onclick: () => change(sku, 1) }, '+'),
        ),
        element('span', { className: 'sum' }, money(price * quantity)),
      ),
    ),
  )
  const sums = [[words().goods, money(total()), '']]
  if (off > 0) sums.push([words().off, `−${money(off)}`, 'off'])
  sums.push([words().total, money(total() - off), 'total'])
  $('#sums').replaceChildren(
    ...sums.flatMap(([name, value, className]) => [
      element('dt', { className }, name),
      element('dd', { className }, value),
    ]),
  )
  const bonuses = $('#bonuses')
  bonuses.dataset.amount = total().toFixed(2)
  bonuses.dataset.items = JSON.stringify(
    rows.map(({ sku, name, price, quantity, category }) => ({
      sku,
      name: name.ru,
      price: price.toFixed(2),
      quantity,
      category,
    })),
  )
}

function change(sku, by) {
  cart = { ...cart, [sku]: Math.max(0, Math.min(20, (cart[sku] ?? 0) + by)) }
  localStorage.setItem('shop-cart', JSON.stringify(cart))
  $('#done').hidden = true
  drawCart()
}

function speak() {
  for (const one of document.querySelectorAll('[data-say]')) one.textContent = words()[one.dataset.say]
  document.title = words().brand
  $('#language').textContent = locale === 'ru' ? 'EN' : 'RU'
  // On the stage its own switch is for all.
  $('#language').hidden = window.parent !== window
  $('.brand').href = `/shop?lang=${locale}`
  $('#account').textContent = person === null ? words().login : words().logout
  for (const field of FIELDS) $(`[name=${field}]`).value ||= person?.[field] ?? GUEST[field]
  drawGoods()
  drawCart()
}

const toBonuses = (act) => (window.tapline ||= []).push(act)

const toChat = (...command) => (window.TaplineChat ||= []).push(command)

/** The shop, the chat and the bonuses know the same person, whenever their scripts have come. */
function logIn({ name, email, phone, token }) {
  person = { name, email, phone }
  localStorage.setItem('shop-person', JSON.stringify(person))
  toChat('identify', token)
  toBonuses(({ bonuses }) => bonuses.signIn(token))
  speak()
}
function logOut() {
  person = null
  localStorage.removeItem('shop-person')
  toChat('logout')
  toBonuses(({ bonuses }) => bonuses.proven && bonuses.signOut())
  for (const field of FIELDS) $(`[name=${field}]`).value = ''
  speak()
}
const identity = async () => (await fetch('/shop/identity', { method: 'POST' })).json()

$('#language').onclick = () => {
  location.search = `?lang=${locale === 'ru' ? 'en' : 'ru'}`
}
$('#account').onclick = async () => {
  if (person === null) logIn(await identity())
  else logOut()
}
$('#open-cart').onclick = () => {
  const { documentElement: page } = document
  // The place of the scrollbar stays, so that nothing moves when it goes.
  page.style.setProperty('--scrollbar', `${window.innerWidth - page.clientWidth}px`)
  page.classList.add('covered')
  $('#cart').showModal()
}
$('#close-cart').onclick = () => $('#cart').close()
$('#again').onclick = () => $('#cart').close()
$('#cart').addEventListener('close', () => {
  document.documentElement.classList.remove('covered')
  $('#done').hidden = true
  drawCart()
})
$('#order').onsubmit = async (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  $('#submit').disabled = true
  $('#trouble').textContent = ''
  try {
    const active = spending?.state === 'active' ? spending : null
    const response = await fetch('/shop/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        lines: lines().map(({ sku, quantity }) => ({ sku, quantity })),
        name: form.get('name'),
        email: form.get('email'),
        phone: form.get('phone') || null,
        reservation: active?.reservation ?? form.get('tapline_reservation') ?? null,
        discount: active?.discount ?? null,
      }),
    })
    const placed = await response.json()
    if (!response.ok) return notTaken(placed)
    cart = {}
    localStorage.setItem('shop-cart', '{}')
    spending = null
    toBonuses(({ bonuses }) => bonuses.ordered())
    $('#done').hidden = false
    $('#done-text').textContent = words().done(placed.orderId, money(placed.paid), Number(placed.earned))
    drawCart()
  } catch {
    notTaken({ refused: 'refused' })
  } finally {
    $('#submit').disabled = false
  }
}
function notTaken({ refused, because }) {
  const { refusals, because: reasons } = words()
  if (refused === 'bonuses') toBonuses(({ bonuses }) => bonuses.cancel())
  $('#trouble').textContent =
    refused === 'bonuses' ? refusals.bonuses(reasons[because] ?? '') : (refusals[refused] ?? refusals.refused)
}
toBonuses((tapline) => {
  // Whoever signs out there has left the shop.
  let wasProven = tapline.bonuses.proven
  tapline.on('session', ({ proven }) => {
    if (wasProven && !proven) logOut()
    wasProven = proven
  })
  tapline.on('spending', (now) => {
    spending = now
    drawCart()
  })
  spending = tapline.bonuses.spending
})
// On the stage Telegram is the phone beside, not another tab.
const { telegramUrl } = await (await fetch('/stage/about')).json()
window.addEventListener('click', (event) => {
  const link = event.composedPath().find((one) => one instanceof window.HTMLAnchorElement)
  if (
    window.parent === window ||
    telegramUrl === null ||
    link === undefined ||
    !link.href.startsWith(telegramUrl)
  )
    return
  event.preventDefault()
  window.parent.postMessage({ telegram: link.href }, location.origin)
})
goods = await (await fetch('/shop/goods')).json()
speak()
if (person !== null) logIn(await identity())
