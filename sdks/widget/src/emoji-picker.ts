import { h } from './element.ts'

const EMOJI =
  '😀 😊 😂 🙂 😉 😍 🤗 🤔 😅 😢 😭 😡 😱 😴 🤷 🙏 👍 👎 👌 👏 🙌 🤝 💪 👀 ❤️ 🔥 🎉 ⭐ ✅ ❌ ❓ ❗ 🎁 🛒 📦 🚚 💳 💰 👕 👟'.split(
    ' ',
  )
const COLUMNS = 8

/** Forty emoji in a grid: arrows move in it, and one stop of the tabulator is all it takes. */
export function createEmojiPicker(label: string, onPick: (emoji: string) => void): HTMLElement {
  const buttons = EMOJI.map(
    (emoji, index) =>
    h('button', { type: 'button', role: 'option', tabindex: index === 0 ? 0 : -1, 'aria-label': emoji, 'aria-selected': 'false', onclick: () => onPick(emoji) }, emoji), // prettier-ignore
  )
  const picker = h('div', { class: 'emoji', role: 'listbox', 'aria-label': label, 'aria-orientation': 'horizontal' }, ...buttons) // prettier-ignore
  picker.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key]
    const at = buttons.indexOf(event.target as HTMLButtonElement)
    const next = step === undefined || at < 0 ? undefined : buttons[at + step]
    if (!next) return
    event.preventDefault()
    buttons[at]!.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  })
  return picker
}
