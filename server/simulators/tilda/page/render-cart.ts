import type { Site } from '../site.ts'
import { escaped, price, SIGNS } from './html.ts'

const BAG =
  '<svg class="t706__carticon-img" viewBox="0 0 64 64" width="26" height="26" fill="none" stroke="currentColor" stroke-width="3" aria-hidden="true"><path d="M44 18h10v45H10V18h10z"/><path d="M22 24V11c0-5.523 4.477-10 10-10s10 4.477 10 10v13"/></svg>'

/** The block ST100: the icon, and the window with the order's form. */
export function renderCart({ deliveries, promoBlock, currency }: Site, number: number): string {
  const id = `59000000${number}`
  const sign = SIGNS[currency]
  return `
<div id="rec${id}" class="r t-rec" data-record-type="706"><div class="t706" data-project-currency="${sign}">
<button type="button" class="t706__carticon" aria-label="Корзина"><span class="t706__carticon-wrapper">${BAG}<span class="t706__carticon-counter js-carticon-counter" hidden></span></span></button>
<div class="t706__cartwin" role="dialog" aria-modal="true" aria-label="Корзина" hidden>
<button type="button" class="t706__cartwin-close t706__close-button" aria-label="Закрыть корзину">×</button>
<div class="t706__cartwin-content">
<div class="t706__cartwin-top"><div class="t706__cartwin-heading t-name">Ваш заказ</div></div>
<div class="t706__cartwin-products"></div>
<div class="t706__cartwin-bottom"><div class="t706__cartwin-prodamount-wrap"><span class="t706__cartwin-prodamount-label">Сумма: </span><span class="t706__cartwin-prodamount"></span></div></div>
<div class="t706__orderform">
<form id="form${id}" class="t-form js-form-proccess" name="form${id}" action="/procces/" method="post" novalidate>
<div class="js-successbox t-form__successbox" role="status" hidden></div>
<div class="t-form__inputsbox">
<label class="t-input-group t-input-group_nm"><span class="t-input-title">Ваше имя</span><input class="t-input" name="Name" autocomplete="name"></label>
<label class="t-input-group t-input-group_em"><span class="t-input-title">E-mail</span><input class="t-input" name="Email" type="email" autocomplete="email"></label>
<label class="t-input-group t-input-group_ph"><span class="t-input-title">Телефон</span><input class="t-input" name="Phone" type="tel" autocomplete="tel"></label>
<fieldset class="t-input-group t-input-group_dl"><legend class="t-input-title">Доставка</legend>${deliveries
    .map(
      ({ name, price: cost, freedl }, at) =>
        `<label class="t-radio__control"><input type="radio" class="t-radio" name="delivery-${number}" value="${escaped(name)}" data-delivery-price="${cost}" data-delivery-freedl="${freedl}"${at === 0 ? ' checked' : ''}><span>${escaped(name)}${cost > 0 ? ` <small>${price(cost)} ${sign}${freedl > 0 ? `, от ${price(freedl)} ${sign} бесплатно` : ''}</small>` : ''}</span></label>`,
    )
    .join('')}</fieldset>
${
  promoBlock
    ? `<div class="t-input-group t-input-group_pc" data-input-lid="15000000${number}" data-field-type="pc"><div class="t-input-title">Промокод</div><div class="t-input-block"><div class="t-inputpromocode__wrapper"><input class="t-input t-inputpromocode" type="text" autocomplete="off" aria-label="Промокод"><button type="button" class="t-inputpromocode__btn t-btn">Применить</button></div></div></div>`
    : ''
}
<fieldset class="t-input-group t-input-group_pm"><legend class="t-input-title">Оплата</legend><label class="t-radio__control"><input type="radio" class="t-radio" name="paymentsystem" value="cash" checked><span>При получении</span></label><label class="t-radio__control"><input type="radio" class="t-radio" name="paymentsystem" value="cloudpayments"><span>Картой онлайн</span></label></fieldset>
<div class="t706__cartwin-totalamount-wrap"><div class="t706__cartwin-totalamount-info"></div><span class="t706__cartwin-totalamount-label">Итоговая сумма: </span><span class="t706__cartwin-totalamount"></span></div>
<div class="js-errorbox-all t-form__errorbox-wrapper" role="alert" hidden><p class="t-form__errorbox-text"></p></div>
<div class="t-form__submit"><button type="submit" class="t-submit t-btn">Оформить заказ</button></div>
</div></form></div></div></div></div></div>`
}
