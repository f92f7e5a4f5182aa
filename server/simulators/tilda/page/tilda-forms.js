'use strict'
;(function () {
  document.addEventListener('submit', function (event) {
    const form = event.target
    if (!form.classList.contains('js-form-proccess')) return
    event.preventDefault()
    void send(form)
  })

  async function send(form) {
    const button = form.querySelector('.t-submit')
    if (button.disabled) return
    const problem = validate(form)
    if (problem) return fail(form, problem)
    fail(form, '')
    button.disabled = true
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) {
      if (!name.startsWith('delivery-')) body.append(name, value)
    }
    body.append('tildaspec-formid', form.id)
    body.append('tildaspec-pageid', '1')
    body.append('tildaspec-projectid', '7001')
    if (window.mauser) body.append('tildamember', JSON.stringify(window.mauser))
    if (form.closest('.t706')) body.append('tildapayment', JSON.stringify(window.tcart))
    window.t_triggerEvent(form, 'tildaform:beforesend')
    try {
      const response = await fetch(form.action, { method: 'POST', body })
      const answer = await response.json()
      if (!response.ok || answer.error || !answer.results) {
        throw new Error(answer.error || 'Не получилось отправить. Попробуйте ещё раз.')
      }
      succeed(form, answer)
    } catch (error) {
      fail(form, error.message)
      window.t_triggerEvent(form, 'tildaform:aftererror')
    } finally {
      button.disabled = false
    }
  }

  function validate(form) {
    const value = (name) => form.elements.namedItem(name)?.value.trim() ?? ''
    const promo = form.querySelector('.t-inputpromocode')
    if (promo && promo.value.trim() !== '' && !window.tcart.promocode)
      return 'Примените промокод или сотрите его'
    if (value('Name') === '') return 'Укажите имя'
    if (!/^\S+@\S+\.\S+$/.test(value('Email'))) return 'Укажите e-mail'
    return ''
  }

  function fail(form, text) {
    const box = form.querySelector('.js-errorbox-all')
    box.hidden = text === ''
    box.firstElementChild.textContent = text
  }

  function succeed(form, answer) {
    const orderId = answer.results[0].split(':')[2]
    form.dataset.tildaOrderId = orderId
    form.tildaTranId = answer.results[0]
    window.t_triggerEvent(form, 'tildaform:aftersuccess')
    if (form.closest('.t706')) {
      window.tcart__clearProducts()
      form.closest('.t706').classList.add('t706_done')
    }
    const box = form.querySelector('.js-successbox')
    box.textContent = 'Спасибо! Заказ ' + orderId + ' оформлен.'
    box.hidden = false
    form.querySelector('.t-form__inputsbox').hidden = true
    if (answer.next) window.location.assign(answer.next.url)
  }
})()
