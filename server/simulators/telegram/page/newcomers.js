import { ask, control } from './control.js'
import { $, element } from './element.js'
import { store } from './store.js'
import { language } from './words.js'

/** The dialog that makes a customer or a group. */
export function bindNewcomers(choose) {
  const show = (kind) => {
    for (const tab of ['customer', 'group']) {
      $(`new-${tab}`).setAttribute('aria-pressed', String(tab === kind))
      $(`${tab}-fields`).hidden = tab !== kind
    }
    $('person-name').required = kind === 'customer'
    $('group-title').required = kind === 'group'
  }
  $('new-person').addEventListener('click', async () => {
    $('person-language').value = language
    show('customer')
    $('person-dialog').showModal()
    const people = await ask('people')
    $('group-members').replaceChildren(...people.map(memberNode))
  })
  $('new-customer').addEventListener('click', () => show('customer'))
  $('new-group').addEventListener('click', () => show('group'))
  $('person-form').addEventListener('submit', async () => {
    const named = store.state.bots.find((bot) => location.pathname.slice(1) === bot.username)
    const bot = named ?? store.state.bots[0]
    if (!bot) return
    const id = $('group-fields').hidden ? await createPerson() : await createGroup(bot)
    if (id) choose({ botId: bot.id, chatId: id })
  })
}

async function createPerson() {
  const firstName = $('person-name').value.trim()
  $('person-name').value = ''
  if (!firstName) return undefined
  const person = await control('create-person', { firstName, languageCode: $('person-language').value })
  return person?.id
}

async function createGroup(bot) {
  const title = $('group-title').value.trim()
  $('group-title').value = ''
  const members = [...document.querySelectorAll('#group-members input:checked')].map(({ value }) =>
    Number(value),
  )
  if (!title) return undefined
  const about = { botId: bot.id, title, members, forum: $('group-forum').checked, supergroup: true }
  const group = await control('create-group', about)
  if (group && $('group-admin').checked) {
    await control('promote-bot', { botId: bot.id, groupId: group.id, personId: members[0] })
  }
  return group?.id
}

function memberNode({ id, name }) {
  const box = element('input')
  box.type = 'checkbox'
  box.value = id
  return element('label', 'check', box, element('span', '', `${name} · ${id}`))
}
