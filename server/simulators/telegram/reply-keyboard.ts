import { badRequest, isRefused, notSimulated, type Refused } from './answer.ts'
import { readButtonRows } from './inline-keyboard.ts'

export interface ReplyButton {
  text: string
  request_contact?: true
}

/** The buttons that stand where the phone's own keyboard would, until another message takes them away. */
export interface ReplyKeyboard {
  keyboard: ReplyButton[][]
  one_time_keyboard?: boolean
  input_field_placeholder?: string
}

const MOST_BUTTONS = 300
const LONGEST_PLACEHOLDER = 64

export function readReplyKeyboard(markup: Record<string, unknown>): ReplyKeyboard | Refused {
  const rows = readButtonRows(markup.keyboard, 'keyboard" of the ReplyKeyboardMarkup', readButton)
  if (isRefused(rows)) return rows
  if (rows.length === 0) return badRequest('reply markup is empty')
  if (rows.flat().length > MOST_BUTTONS) return badRequest('reply markup is too long')
  const placeholder = markup.input_field_placeholder
  if (placeholder !== undefined && String(placeholder).length > LONGEST_PLACEHOLDER) {
    return badRequest('input field placeholder is too long')
  }
  return {
    keyboard: rows,
    ...(markup.one_time_keyboard === true && { one_time_keyboard: true }),
    ...(placeholder !== undefined && { input_field_placeholder: String(placeholder) }),
  }
}

export function asksForContact({ keyboard }: ReplyKeyboard): boolean {
  return keyboard.flat().some((button) => button.request_contact)
}

function readButton(button: unknown): ReplyButton | Refused {
  const wrong = (reason: string) => badRequest(`can't parse keyboard button: ${reason}`)
  if (typeof button === 'string') return button.trim() === '' ? wrong('Text is empty') : { text: button }
  if (typeof button !== 'object' || button === null || Array.isArray(button)) {
    return wrong('KeyboardButton must be an Object')
  }
  const { text, request_contact: contact, ...rest } = button as Record<string, unknown>
  if (typeof text !== 'string') return wrong('Field "text" must be of type String')
  if (text.trim() === '') return wrong('Field "text" must be non-empty')
  const other = Object.keys(rest).find((name) => rest[name] !== undefined && rest[name] !== false)
  if (other) return notSimulated(`keyboard buttons with ${other}`)
  return contact === true ? { text, request_contact: true } : { text }
}
