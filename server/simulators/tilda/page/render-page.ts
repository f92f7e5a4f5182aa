import type { Product, Site } from '../site.ts'
import { dataElement, escaped, price, SIGNS } from './html.ts'
import { renderCart } from './render-cart.ts'

const pictureAddress = (uid: string) => `/page/picture/${encodeURIComponent(uid)}.svg`

const shell = (site: Site, title: string, body: string, scripts: string[]) => `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page/tilda.css"></head>
<body class="t-body"><div id="allrecords" class="t-records" data-tilda-project-id="7001" data-tilda-formskey="sim">
<header class="t-menu"><a class="t-menu__logo" href="/">${escaped(site.name)}</a><nav><a href="/#catalog">Каталог</a><a href="/members">Кабинет</a></nav></header>
${body}
<div class="t-rec t123" data-record-type="131">${site.snippet}</div>
<footer class="t-footer"><span>${escaped(site.name)}</span><span>Сделано на симуляторе Tilda</span></footer>
</div>
${dataElement('site', { currency: SIGNS[site.currency], cartDelayMs: site.cartDelayMs })}
${scripts.map((name) => `<script src="/page/${name}.js"></script>`).join('')}
</body></html>`

const priceOf = (product: Product, sign: string) =>
  `<div class="t-store__card__price"><span class="js-product-price t-store__card__price-value" data-product-price-def="${product.price}">${price(product.price)}</span> <span class="t-store__card__price-currency">${sign}</span>${
    product.oldPrice === undefined
      ? ''
      : ` <s class="t-store__card__price_old">${price(product.oldPrice)} ${sign}</s>`
  }</div>`

const attributes = ({ uid, sku }: Product) =>
  `data-product-uid="${escaped(uid)}" data-product-lid="${escaped(uid)}"${sku === undefined ? '' : ` data-product-sku="${escaped(sku)}"`}`

const card = (product: Product, sign: string) => `
<article class="t-store__card js-product" ${attributes(product)}>
<a class="t-store__card__imgwrapper" href="#prodpopup" data-product="${escaped(product.uid)}"><img class="t-store__card__img js-product-img" src="${pictureAddress(product.uid)}" alt="" width="450" height="450"></a>
<div class="t-store__card__textwrapper"><a class="t-store__card__title js-product-name" href="#prodpopup" data-product="${escaped(product.uid)}">${escaped(product.name)}</a>
${priceOf(product, sign)}</div>
<a class="t-store__card__btn js-store-buttons-buy-btn t-btn" href="#order">В корзину</a></article>`

const popup = (product: Product, sign: string) => `
<div class="t-popup" data-tooltip-hook="#prodpopup" data-product="${escaped(product.uid)}" role="dialog" aria-modal="true" aria-label="${escaped(product.name)}" hidden><button type="button" class="t-popup__close" aria-label="Закрыть">×</button>
<div class="t-popup__container js-product" ${attributes(product)}><img class="js-product-img" src="${pictureAddress(product.uid)}" alt="" width="450" height="450">
<div class="t-store__prod-popup__info"><div class="t-store__prod-popup__name js-product-name">${escaped(product.name)}</div>
${product.sku === undefined ? '' : `<div class="t-store__prod-popup__sku">Артикул: <span class="js-product-sku">${escaped(product.sku)}</span></div>`}
${priceOf(product, sign)}
${
  product.options === undefined
    ? ''
    : `<label class="js-product-option"><span class="js-product-option-name">${escaped(product.options.name)}</span><select class="js-product-option-variants">${product.options.values.map(({ name, extra }) => `<option value="${escaped(name)}" data-product-variant-price="${extra}">${escaped(name)}</option>`).join('')}</select></label>`
}
<a class="t-store__prod-popup__btn t-btn" href="#order">В корзину</a>
<p class="t-store__prod-popup__text">${escaped(product.text)}</p></div></div></div>`

export function renderShop(site: Site): string {
  const sign = SIGNS[site.currency]
  const carts = Array.from({ length: site.carts }, (_, at) => renderCart(site, at + 1)).join('')
  return shell(
    site,
    site.name,
    `<section class="t-cover"><h1>Вещи, с которыми дома тихо</h1><p>Керамика, свет и зелень от небольших мастерских</p></section>
<main id="catalog" class="t-store" data-record-type="754"><div class="t-store__grid">${site.products.map((each) => card(each, sign)).join('')}</div></main>
${site.products.map((each) => popup(each, sign)).join('')}${carts}`,
    [
      ...['tilda-load', 'tilda-members', 'tilda-forms', 'tilda-store'],
      ...(site.promoBlock ? ['tilda-promocode'] : []),
    ],
  )
}

export function renderMembers(site: Site): string {
  return shell(
    site,
    `Кабинет · ${site.name}`,
    `<section class="t-members" data-record-type="members"><h1>Личный кабинет</h1>
<form class="t-members__login"><label class="t-input-group"><span class="t-input-title">Имя</span><input class="t-input" name="name" autocomplete="name"></label><label class="t-input-group"><span class="t-input-title">E-mail</span><input class="t-input" name="email" type="email" autocomplete="email" required></label><button class="t-btn" type="submit">Войти</button></form>
<div class="t-members__profile" hidden><p></p><button type="button" class="t-members__logout">Выйти</button></div>
<div class="t123">${site.membersSnippet}</div></section>`,
    ['tilda-load', 'tilda-members'],
  )
}

export function renderPayment(site: Site, order: { id: string; amount: number; paid: boolean }): string {
  return shell(
    site,
    `Оплата · ${site.name}`,
    `<section class="t-members"><h1>Оплата заказа ${order.id}</h1><p class="t-pay__sum">${price(order.amount)} ${SIGNS[site.currency]}</p><button type="button" class="t-btn t-pay__btn" data-order="${order.id}"${order.paid ? ' disabled' : ''}>${order.paid ? 'Оплачено' : 'Оплатить'}</button></section>`,
    ['tilda-load', 'tilda-pay'],
  )
}
