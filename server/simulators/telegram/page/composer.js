import { control } from './control.js'
import { $, button, toast } from './element.js'
import { shareContact, toggleReplyKeyboard } from './keys.js'
import { summaryOf, textOf } from './message.js'
import { scene, store } from './store.js'
import { words } from './words.js'

// Whatever is larger is told to the simulator by its size alone.
const LARGEST_BYTES = 48 * 1024 * 1024

export function startReply(message) {
  store.replyTo = message
  store.editing = null
  showContext()
}

export function startEdit(message) {
  store.editing = message
  store.replyTo = null
  $('text').value = textOf(message)
  fit()
  showContext()
}

export function forgetContext() {
  if (store.editing) $('text').value = ''
  store.replyTo = null
  store.editing = null
  fit()
  showContext()
}

function showContext() {
  const about = store.editing ?? store.replyTo
  $('context').hidden = !about
  store.selected = null
  if (!about) return
  $('context-title').textContent = store.editing ? words.editing : words.replyTo(about.from.first_name)
  $('context-text').textContent = summaryOf(about)
  $('text').focus()
}

function placed() {
  return {
    ...scene(),
    ...(store.replyTo && { replyTo: store.replyTo.message_id }),
    ...(store.topic && { threadId: store.topic }),
  }
}

async function done(result) {
  if (!result) return null
  store.replyTo = null
  store.editing = null
  showContext()
  $('messages').scrollTop = $('messages').scrollHeight
  return result
}

export async function write(text) {
  return done(await control('write', { ...placed(), text }))
}

async function submit() {
  const field = $('text')
  const text = field.value
  const edited = store.editing
  if (text.trim() === '' && !(edited && edited.text === undefined)) return
  field.value = ''
  fit()
  const result = edited
    ? await done(
        await control('edit', {
          ...scene(),
          messageId: edited.message_id,
          [edited.text === undefined ? 'caption' : 'text']: text,
        }),
      )
    : await write(text)
  if (!result) field.value ||= text
  fit()
}

function fit() {
  $('text').style.height = 'auto'
  $('text').style.height = `${$('text').scrollHeight}px`
}

async function sendFiles(files) {
  const items = await Promise.all([...files].slice(0, 10).map(itemOf))
  const caption = $('text').value.trim()
  const about = { ...placed(), ...(caption && { caption }) }
  const isAlbum = items.length > 1
  const sent = await done(
    isAlbum
      ? await control('send-album', { ...about, items })
      : await control('send', { ...about, ...items[0] }),
  )
  if (!sent) return
  $('text').value = ''
  fit()
}

async function itemOf(file) {
  const about = { kind: kindFor(file), fileName: file.name }
  if (file.size > LARGEST_BYTES) return { ...about, size: file.size }
  return { ...about, bytes: await base64Of(file) }
}

function kindFor({ type }) {
  if (/^image\/(png|jpeg|webp)$/.test(type)) return 'photo'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('audio/') ? 'audio' : 'document'
}

async function base64Of(file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return window.btoa(binary)
}

const send = (kind) => async () => done(await control('send', { ...placed(), kind }))

const ATTACHABLE = [
  ['attachFiles', () => $('files').click()],
  ['attachVoice', send('voice')],
  ['attachSticker', send('sticker')],
  ['attachLocation', send('location')],
  ['attachContact', async () => done(await shareContact())],
  ['attachForeign', async () => done(await control('share-contact', { ...placed(), contactOf: null }))],
  ['attachFuture', send('future')],
]

export function renderCommands(commands) {
  $('commands').hidden = commands.length === 0 || store.open.chatId < 0
  const nodes = commands.map(({ command, description }) => {
    const node = button('menu-item', `/${command}`, () => {
      closeMenus()
      void write(`/${command}`)
    })
    const about = document.createElement('small')
    about.textContent = description
    node.append(about)
    return node
  })
  $('commands-menu').replaceChildren(...nodes)
}

function closeMenus() {
  $('attach-menu').hidden = true
  $('commands-menu').hidden = true
}

/** Binds the field, its buttons and its menus. */
export function bindComposer() {
  $('composer').addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })
  $('text').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') forgetContext()
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    $('composer').requestSubmit()
  })
  $('text').addEventListener('input', fit)
  $('text').addEventListener('paste', (event) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    void sendFiles(event.clipboardData.files)
  })
  $('context-close').addEventListener('click', forgetContext)
  $('keyboard').addEventListener('click', toggleReplyKeyboard)
  $('files').addEventListener('change', () => {
    if ($('files').files.length > 0) sendFiles($('files').files).catch(() => toast(words.noContact))
    $('files').value = ''
  })
  $('attach-menu').append(
    ...ATTACHABLE.map(([name, run]) =>
      button('menu-item', words[name], () => {
        closeMenus()
        void run()
      }),
    ),
  )
  for (const [opener, menu] of [
    ['attach', 'attach-menu'],
    ['commands', 'commands-menu'],
  ]) {
    $(opener).addEventListener('click', (event) => {
      event.stopPropagation()
      const isHidden = $(menu).hidden
      closeMenus()
      $(menu).hidden = !isHidden
    })
  }
  document.addEventListener('click', closeMenus)
  document.addEventListener('keydown', (event) => event.key === 'Escape' && closeMenus())
  for (const kind of ['dragover', 'drop']) {
    $('talk').addEventListener(kind, (event) => {
      event.preventDefault()
      if (kind === 'drop' && event.dataTransfer.files.length > 0) void sendFiles(event.dataTransfer.files)
    })
  }
}
