'use strict'
;(function () {
  const KEY = 'tilda_members_profile'
  let member
  try {
    member = JSON.parse(localStorage.getItem(KEY)) || undefined
  } catch {
    member = undefined
  }
  if (member) window.mauser = member

  const area = document.querySelector('.t-members__login')
  if (!area) return
  const profile = document.querySelector('.t-members__profile')

  function draw() {
    area.hidden = window.mauser !== undefined
    profile.hidden = window.mauser === undefined
    profile.firstElementChild.textContent = window.mauser
      ? window.mauser.name + ' · ' + window.mauser.email
      : ''
  }

  area.addEventListener('submit', function (event) {
    event.preventDefault()
    const { name, email } = area.elements
    window.mauser = { code: 'm' + email.value.length, name: name.value, email: email.value }
    localStorage.setItem(KEY, JSON.stringify(window.mauser))
    draw()
    window.t_triggerEvent(document, 'tildaBuyerDashboardInited')
  })
  document.querySelector('.t-members__logout').addEventListener('click', function () {
    delete window.mauser
    localStorage.removeItem(KEY)
    draw()
    window.t_triggerEvent(document, 'membersLogout')
  })
  draw()
  if (window.mauser) window.t_triggerEvent(document, 'tildaBuyerDashboardInited')
})()
