'use strict'
window.t_site = JSON.parse(document.getElementById('site').textContent)

/** Calls back as soon as a function of this name is there. */
window.t_onFuncLoad = function (name, callback) {
  if (typeof window[name] === 'function') return void callback()
  const started = Date.now()
  const timer = setInterval(function () {
    if (typeof window[name] !== 'function' && Date.now() - started < 60_000) return
    clearInterval(timer)
    if (typeof window[name] === 'function') callback()
  }, 50)
}

window.t_triggerEvent = function (element, name) {
  element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }))
}

window.t_moneyText = function (amount) {
  const [whole, part] = String(Math.round(amount * 100) / 100).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ')
  return grouped + (part ? ',' + part.padEnd(2, '0') : '') + ' ' + window.t_site.currency
}

// The cart's script comes by itself, and on a slow line long after everything else.
if (document.querySelector('.t706')) {
  setTimeout(function () {
    const script = document.createElement('script')
    script.src = '/page/tilda-cart.js'
    document.body.append(script)
  }, window.t_site.cartDelayMs)
}
