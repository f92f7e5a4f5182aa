'use strict'
;(function () {
  const groups = () => [...document.querySelectorAll('.t-input-group_pc')]

  /** Gives the cart a discount: `discountsum` in money, or `discountpercent`. */
  window.t_input_promocode__addPromocode = function (promo) {
    window.tcart.promocode = promo
    for (const group of groups()) {
      group.querySelector('.t-inputpromocode__wrapper').hidden = true
      group.querySelector('.t-inputpromocode__activated')?.remove()
      const text = document.createElement('div')
      text.className = 't-inputpromocode__activated t-text'
      text.textContent = 'Промокод применён: ' + promo.promocode
      group.querySelector('.t-input-block').append(text)
    }
    window.tcart__updateTotalProductsinCartObj()
    window.tcart__reDrawTotal()
    window.tcart__saveLocalObj()
  }

  window.t_input_promocode_init = function (recordId, inputId) {
    const group = document.querySelector(
      '#rec' + recordId + ' .t-input-group_pc[data-input-lid="' + inputId + '"]',
    )
    if (!group) return
    const button = group.querySelector('.t-inputpromocode__btn')
    // Called again after a code was taken back: one click must not count twice.
    button.onclick = () => void apply(group)
    if (window.tcart && window.tcart.promocode) window.t_input_promocode__addPromocode(window.tcart.promocode)
  }

  async function apply(group) {
    const input = group.querySelector('.t-inputpromocode')
    const typed = input.value.trim()
    if (typed === '') return
    showError(group, '')
    try {
      const answer = await fetch('/promocode/', {
        method: 'POST',
        body: new URLSearchParams({ promocode: typed }),
      })
      const promo = await answer.json()
      if (promo.error || !promo.promocode) return showError(group, promo.error || 'Промокод не найден')
      window.t_input_promocode__addPromocode(promo)
    } catch {
      showError(group, 'Промокод не проверен, попробуйте ещё раз')
    }
  }

  function showError(group, text) {
    let box = group.querySelector('.t-input-error')
    if (!box) {
      box = document.createElement('div')
      box.className = 't-input-error'
      box.setAttribute('role', 'alert')
      group.append(box)
    }
    box.textContent = text
  }

  window.t_onFuncLoad('tcart__reDrawTotal', function () {
    for (const group of groups()) {
      window.t_input_promocode_init(group.closest('.t-rec').id.slice('rec'.length), group.dataset.inputLid)
    }
  })
})()
