'use strict'
document.querySelector('.t-pay__btn').addEventListener('click', async function ({ currentTarget: button }) {
  button.disabled = true
  const answer = await fetch('/pay/' + button.dataset.order, { method: 'POST' })
  button.textContent = answer.ok ? 'Оплачено' : 'Не получилось'
  button.disabled = answer.ok
})
