'use strict'
;(function () {
  let opener

  document.addEventListener('click', function (event) {
    const link = event.target.closest('a[href="#order"], a[href="#prodpopup"], .t-popup__close, .t-popup')
    if (!link) return
    if (link.matches('[href="#order"]')) {
      event.preventDefault()
      return order(link)
    }
    if (link.matches('[href="#prodpopup"]')) {
      event.preventDefault()
      return open(link)
    }
    if (link.matches('.t-popup__close') || event.target === link) closeAll()
  })
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && closeAll())

  function open(link) {
    opener = link
    const popup = document.querySelector('.t-popup[data-product="' + link.dataset.product + '"]')
    popup.hidden = false
    popup.classList.add('t-popup_show')
    document.body.classList.add('t-body_popupshowed')
    popup.querySelector('.t-popup__close').focus()
    window.t_triggerEvent(popup, 'popupShowed')
  }

  function closeAll() {
    for (const popup of document.querySelectorAll('.t-popup_show')) {
      popup.hidden = true
      popup.classList.remove('t-popup_show')
      window.t_triggerEvent(popup, 'popupHidden')
    }
    document.body.classList.remove('t-body_popupshowed')
    opener?.focus()
    opener = undefined
  }

  const chosen = (product) => {
    const select = product.querySelector('.js-product-option-variants')
    return select && { select, option: select.selectedOptions[0] }
  }

  // Prices follow the chosen variant.
  document.addEventListener('change', function ({ target }) {
    if (!target.matches('.js-product-option-variants')) return
    const product = target.closest('.js-product')
    const price = product.querySelector('.js-product-price')
    const amount =
      Number(price.dataset.productPriceDef) + Number(chosen(product).option.dataset.productVariantPrice)
    price.textContent = String(amount).replace(/\B(?=(\d{3})+$)/g, ' ')
  })

  function order(link) {
    const product = link.closest('.js-product')
    const variant = chosen(product)
    const base = Number(product.querySelector('.js-product-price').dataset.productPriceDef)
    const extra = variant ? Number(variant.option.dataset.productVariantPrice) : 0
    closeAll()
    window.t_onFuncLoad('tcart__addProduct', function () {
      window.tcart__addProduct({
        name: product.querySelector('.js-product-name').textContent.trim(),
        price: base + extra,
        img: product.querySelector('.js-product-img').getAttribute('src'),
        uid: product.dataset.productUid,
        lid: product.dataset.productLid,
        ...(product.dataset.productSku && { sku: product.dataset.productSku }),
        ...(variant && {
          options: [
            {
              option: product.querySelector('.js-product-option-name').textContent,
              variant: variant.option.value,
              price: extra,
            },
          ],
        }),
      })
      window.tcart__openCart()
    })
  }
})()
