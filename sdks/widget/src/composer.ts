import { assign, fill, h, icon } from './element.ts'
import { createEmojiPicker } from './emoji-picker.ts'
import { CLIP, SEND, SMILE } from './icons.ts'
import { sizeOf } from './size.ts'
import type { Stage, View } from './stage.ts'
import { visible } from './visible.ts'

const MAX_LENGTH = 4_000
const MAX_FILES = 10

interface Needs {
  stage: Stage
  /** Whether it may be sent now; says itself what is missing. */
  maySend: () => boolean
  onSent: () => void
}

/** Where one writes. */
export function createComposer({ stage, maySend, onSent }: Needs) {
  const field = h('textarea', { rows: 1, maxlength: MAX_LENGTH, enterkeyhint: 'send', dir: 'auto', autocomplete: 'off', oninput, onkeydown, onpaste }) // prettier-ignore
  const files = h('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    tabindex: -1,
    onchange: () => take(files.files),
  })
  const attach = h('button', { class: 'tool', type: 'button', onclick: () => files.click() }, icon(CLIP))
  const smile = h('button', { class: 'tool', type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'listbox', onclick: () => togglePicker() }, icon(SMILE)) // prettier-ignore
  const button = h('button', { class: 'send', type: 'submit' }, icon(SEND))
  const trouble = h('p', { class: 'trouble', role: 'alert', hidden: true })
  const line = h('form', { class: 'line', onsubmit }, attach, field, smile, button, files)
  const element = h('div', { class: 'composer' }, trouble, line)
  let picker: HTMLElement | undefined

  function complain(text: string): void {
    trouble.textContent = text
    trouble.hidden = text === ''
  }

  function oninput(): void {
    complain('')
    changed()
    if (field.value.trim()) stage.talk.types()
  }
  /** The field shows what is in it, and how much. */
  function changed(): void {
    button.classList.toggle('ready', field.value.trim() !== '')
    field.style.setProperty('height', 'auto')
    field.style.setProperty('height', `${Math.min(field.scrollHeight, 132)}px`)
  }

  function onkeydown(event: KeyboardEvent): void {
    // While a word is being composed, Enter belongs to the keyboard.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  }
  function onsubmit(event: Event): void {
    event.preventDefault()
    submit()
  }
  function onpaste(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.files
    // Office programs put a picture of the words beside them.
    if (!pasted?.length || event.clipboardData!.getData('text/plain').trim()) return
    event.preventDefault()
    take(pasted)
  }

  function submit(): void {
    const text = field.value.trim()
    if (!text || !maySend()) return
    if (!say(text)) return
    field.value = ''
    changed()
    closePicker()
  }

  function say(text: string): boolean {
    if (text.length > MAX_LENGTH) {
      complain(stage.say('tooLong', { count: MAX_LENGTH }))
      return false
    }
    try {
      stage.talk.send(text)
    } catch {
      complain(stage.say('queue-full'))
      return false
    }
    complain('')
    onSent()
    return true
  }

  function take(list: FileList | null): void {
    if (!list || list.length === 0 || field.disabled || !maySend()) return
    const { maxAttachmentBytes: most } = stage.page.chat
    const size = sizeOf(most, stage.locale)
    complain(list.length > MAX_FILES ? stage.say('tooMany', { count: MAX_FILES }) : '')
    for (const file of [...list].slice(0, MAX_FILES)) {
      if (file.size > most) complain(stage.say('tooBig', { name: visible(file.name), size }))
      else void stage.talk.upload(file)
    }
    files.value = ''
    onSent()
  }

  function togglePicker(): void {
    if (picker) return closePicker()
    picker = createEmojiPicker(stage.say('emoji'), insert)
    picker.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      closePicker()
      smile.focus()
    })
    element.insertBefore(picker, line)
    assign(smile, { 'aria-expanded': 'true' })
    picker.querySelector('button')!.focus()
  }
  function closePicker(): void {
    picker?.remove()
    picker = undefined
    assign(smile, { 'aria-expanded': 'false' })
  }
  function insert(emoji: string): void {
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end')
    closePicker()
    field.focus()
    oninput()
  }

  return {
    ...{ element, take, say, complain },
    focus: () => field.focus(),
    /** Gives a text back to whoever wrote it. */
    giveBack(text: string): void {
      if (!field.value.includes(text)) field.value = [text, field.value].filter(Boolean).join('\n')
      changed()
    },
    /** Nobody may write here. */
    disable(is: boolean): void {
      for (const one of [field, attach, smile, button]) one.disabled = is
    },
    draw(): void {
      const { say: words } = stage
      assign(field, { placeholder: words('write'), 'aria-label': words('write') })
      assign(attach, { 'aria-label': words('attach'), title: words('attach') })
      assign(smile, { 'aria-label': words('emoji'), title: words('emoji') })
      assign(button, { 'aria-label': words('sendIt'), title: words('sendIt') })
    },
    clear: () => fill(trouble),
  } satisfies View & Record<string, unknown>
}

export type Composer = ReturnType<typeof createComposer>
