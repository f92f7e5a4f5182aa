'use strict'
;(function () {
  const STALE_MS = 12 * 60 * 60 * 1000
  const carts = () => [...document.querySelectorAll('.t706')]
  const part = (cart, name) => cart.querySelector('.t706__' + name)
  const round = (amount) => Math.round(amount * 100) / 100
  const kept = () => window.tcart.products.filter((product) => product.deleted !== 'yes')

  window.tcart__saveLocalObj = function () {
    window.tcart.updated = Math.floor(Date.now() / 1000)
    try {
      localStorage.setItem('tcart', JSON.stringify(window.tcart))
    } catch {
      // A browser without storage has a cart for as long as the page lives.
    }
  }

  function readLocalObj() {
    try {
      const cart = JSON.parse(localStorage.getItem('tcart'))
      return cart && Array.isArray(cart.products) ? cart : undefined
    } catch {
      return undefined
    }
  }

  /** What another tab has put in or taken out. */
  window.tcart__syncProductsObject__LStoObj = function () {
    const cart = readLocalObj()
    if (!cart) return
    window.tcart.products = cart.products
  }

  window.tcart__calcPromocode = function (amount) {
    const promo = window.tcart.promocode
    if (!promo) return amount
    const discount =
      promo.discountsum > 0 ? Number(promo.discountsum) : (amount * (promo.discountpercent || 0)) / 100
    return round(Math.max(0, amount - discount))
  }

  window.tcart__loadDiscounts = function () {}
  window.tcart__calcAmountWithDiscounts = function (amount) {
    return window.tcart__calcPromocode(amount)
  }

  window.tcart__updateTotalProductsinCartObj = function () {
    const cart = window.tcart
    const prodamount = round(kept().reduce((sum, product) => sum + Number(product.amount), 0))
    cart.total = kept().reduce((sum, product) => sum + Number(product.quantity), 0)
    cart.prodamount = prodamount
    let amount = window.tcart__calcAmountWithDiscounts(prodamount)
    if (cart.promocode) {
      cart.prodamount_discountsum = round(prodamount - amount)
      cart.prodamount_withdiscount = amount
    } else {
      delete cart.prodamount_discountsum
      delete cart.prodamount_withdiscount
    }
    const delivery = cart.delivery
    // The threshold of free delivery sees the sum after the discount.
    if (delivery && delivery.price > 0 && !(delivery.freedl > 0 && amount >= delivery.freedl)) {
      amount += Number(delivery.price)
    }
    cart.amount = round(amount)
  }

  window.tcart__reDrawCartIcon = function () {
    for (const cart of carts()) {
      const counter = part(cart, 'carticon-counter')
      counter.textContent = window.tcart.total
      counter.hidden = window.tcart.total === 0
      part(cart, 'carticon').classList.toggle('t706__carticon_showed', window.tcart.total > 0)
    }
  }

  window.tcart__reDrawTotal = function () {
    const { prodamount, amount, promocode, delivery, prodamount_discountsum: discount } = window.tcart
    for (const cart of carts()) {
      part(cart, 'cartwin-prodamount').textContent = window.t_moneyText(prodamount)
      const info = part(cart, 'cartwin-totalamount-info')
      info.replaceChildren()
      const line = (label, value) => {
        const row = document.createElement('div')
        for (const [name, text] of [
          ['label', label],
          ['value', value],
        ]) {
          const cell = document.createElement('span')
          cell.className = 't706__cartwin-totalamount-info_' + name
          cell.textContent = text
          row.append(cell)
        }
        info.append(row)
      }
      if (promocode || (delivery && delivery.price > 0)) line('Сумма: ', window.t_moneyText(prodamount))
      if (promocode) line('Промокод ' + promocode.promocode + ': ', '−' + window.t_moneyText(discount))
      if (delivery && delivery.price > 0) {
        const isFree =
          delivery.freedl > 0 && (promocode ? prodamount - discount : prodamount) >= delivery.freedl
        line(delivery.name + ': ', isFree ? 'бесплатно' : window.t_moneyText(delivery.price))
      }
      part(cart, 'cartwin-totalamount').textContent = window.t_moneyText(amount)
      part(cart, 'cartwin-totalamount-wrap').hidden = window.tcart.total === 0
    }
  }

  window.tcart__reDrawProducts = function () {
    for (const cart of carts()) {
      const list = part(cart, 'cartwin-products')
      list.replaceChildren()
      window.tcart.products.forEach((product, index) => {
        if (product.deleted !== 'yes') list.append(productRow(product, index))
      })
      cart.classList.toggle('t706_empty', kept().length === 0)
    }
  }

  function productRow(product, index) {
    const row = document.createElement('div')
    row.className = 't706__product'
    row.dataset.cartProductI = index
    const picture = document.createElement('img')
    picture.className = 't706__product-imgdiv'
    picture.alt = ''
    picture.src = product.img
    const title = document.createElement('div')
    title.className = 't706__product-title'
    title.textContent = product.name
    const options = document.createElement('div')
    options.className = 't706__product-title__option'
    options.textContent = (product.options || [])
      .map(({ option, variant }) => option + ': ' + variant)
      .join(', ')
    title.append(options)
    const plusMinus = document.createElement('div')
    plusMinus.className = 't706__product-plusminus'
    const button = (name, text, label, change) => {
      const it = document.createElement('button')
      it.type = 'button'
      it.className = 't706__product-' + name
      it.textContent = text
      it.setAttribute('aria-label', label)
      it.addEventListener('click', change)
      return it
    }
    const quantity = document.createElement('span')
    quantity.className = 't706__product-quantity'
    quantity.textContent = product.quantity
    plusMinus.append(
      button('minus', '−', 'Меньше', () => setQuantity(index, product.quantity - 1)),
      quantity,
      button('plus', '+', 'Больше', () => setQuantity(index, product.quantity + 1)),
    )
    const amount = document.createElement('div')
    amount.className = 't706__product-amount'
    amount.textContent = window.t_moneyText(product.amount)
    row.append(
      picture,
      title,
      plusMinus,
      amount,
      button('del', '×', 'Удалить', () => setQuantity(index, 0)),
    )
    return row
  }

  function setQuantity(index, quantity) {
    const product = window.tcart.products[index]
    if (quantity > 0) {
      product.quantity = quantity
      product.amount = round(product.price * quantity)
    } else {
      window.tcart.products.splice(index, 1)
    }
    redraw()
    window.tcart__saveLocalObj()
    if (window.tcart.total === 0) window.tcart__closeCart()
  }

  function redraw() {
    window.tcart__updateTotalProductsinCartObj()
    window.tcart__reDrawCartIcon()
    window.tcart__reDrawProducts()
    window.tcart__reDrawTotal()
  }

  window.tcart__addProduct = function (product) {
    window.tcart__syncProductsObject__LStoObj()
    const same = (other) =>
      other.name === product.name &&
      Number(other.price) === Number(product.price) &&
      JSON.stringify(other.options) === JSON.stringify(product.options)
    const there = window.tcart.products.find(same)
    if (there) {
      there.quantity += 1
      there.amount = round(there.price * there.quantity)
    } else {
      window.tcart.products.push({ ...product, quantity: 1, amount: Number(product.price), ts: Date.now() })
    }
    redraw()
    window.tcart__saveLocalObj()
  }

  window.tcart__openCart = function () {
    window.tcart__syncProductsObject__LStoObj()
    redraw()
    const win = part(carts()[0], 'cartwin')
    win.hidden = false
    win.classList.add('t706__cartwin_showed')
    document.body.classList.add('t706__body_cartwinshowed')
    window.t_triggerEvent(win, 'popupShowed')
    void refreshPrices()
  }

  window.tcart__closeCart = function () {
    for (const cart of carts()) {
      const win = part(cart, 'cartwin')
      if (win.hidden) continue
      win.hidden = true
      win.classList.remove('t706__cartwin_showed')
      window.t_triggerEvent(win, 'popupHidden')
    }
    document.body.classList.remove('t706__body_cartwinshowed')
  }

  window.tcart__isAuthorized = () => window.mauser !== undefined
  window.tcart__auth__getMauser = () => window.mauser

  /** Prices that are older than half a day are asked for again. */
  async function refreshPrices() {
    if (Date.now() - (window.tcart.updated || 0) * 1000 < STALE_MS || window.tcart.products.length === 0)
      return
    const uids = window.tcart.products.map(({ uid }) => uid)
    try {
      const answer = await fetch('/api/getpriceproducts/', { method: 'POST', body: JSON.stringify({ uids }) })
      for (const { uid, price, error } of (await answer.json()).products) {
        for (const product of window.tcart.products.filter((each) => each.uid === uid)) {
          if (error) {
            product.deleted = 'yes'
          } else {
            const extra = (product.options || []).reduce((sum, option) => sum + Number(option.price || 0), 0)
            product.price = price + extra
            product.amount = round(product.price * product.quantity)
          }
        }
      }
    } catch {
      return
    }
    redraw()
    window.tcart__saveLocalObj()
  }

  window.tcart__clearProducts = function () {
    window.tcart = { ...emptyCart(), delivery: window.tcart.delivery }
    redraw()
    window.tcart__saveLocalObj()
  }

  const emptyCart = () => ({
    products: [],
    prodamount: 0,
    amount: 0,
    total: 0,
    system: 'none',
    currency: window.t_site.currency,
  })

  function chooseDelivery(input) {
    window.tcart.delivery = {
      name: input.value,
      price: Number(input.dataset.deliveryPrice),
      freedl: Number(input.dataset.deliveryFreedl),
    }
    redraw()
    window.tcart__saveLocalObj()
  }

  window.tcart = { ...emptyCart(), ...readLocalObj() }
  for (const [index, cart] of carts().entries()) {
    part(cart, 'carticon').addEventListener('click', () => {
      window.tcart__openCart()
      // A second cart of the page has a window of its own.
      if (index > 0) {
        part(carts()[0], 'cartwin').hidden = true
        part(cart, 'cartwin').hidden = false
        part(cart, 'cartwin').classList.add('t706__cartwin_showed')
      }
    })
    part(cart, 'cartwin-close').addEventListener('click', () => window.tcart__closeCart())
    part(cart, 'cartwin').addEventListener('mousedown', (event) => {
      if (event.target === event.currentTarget) window.tcart__closeCart()
    })
    cart.addEventListener('change', ({ target }) => {
      if (target.matches('input[data-delivery-price]')) chooseDelivery(target)
    })
  }
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && window.tcart__closeCart())
  const delivery = document.querySelector('.t706 input[data-delivery-price]:checked')
  if (delivery) chooseDelivery(delivery)
  redraw()
  window.addEventListener('storage', ({ key }) => {
    if (key !== 'tcart') return
    window.tcart__syncProductsObject__LStoObj()
    redraw()
  })
})()
