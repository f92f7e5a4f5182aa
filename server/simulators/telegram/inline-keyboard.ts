import { badRequest, isRefused, notSimulated, type Refused } from './answer.ts'
import { checkedUrl } from './html-entities.ts'

export interface InlineButton {
  text: string
  callback_data?: string
  url?: string
}

export interface InlineKeyboard {
  inline_keyboard: InlineButton[][]
}

const LONGEST_CALLBACK_DATA_BYTES = 64
const MOST_BUTTONS = 100

/** Reads the rows of an inline keyboard, refusing what Telegram refuses; an empty keyboard is none. */
export function readInlineKeyboard(rows: unknown): InlineKeyboard | undefined | Refused {
  const read = readButtonRows(rows, 'inline_keyboard" of the InlineKeyboardMarkup', readButton)
  if (isRefused(read)) return read
  if (read.flat().length > MOST_BUTTONS) return badRequest('reply markup is too long')
  return read.length > 0 ? { inline_keyboard: read } : undefined
}

/** Rows of buttons of either kind of keyboard; empty rows are none. */
export function readButtonRows<Button extends object>(
  rows: unknown,
  field: string,
  readOne: (button: unknown) => Button | Refused,
): Button[][] | Refused {
  if (!Array.isArray(rows)) return badRequest(`field "${field} must be an Array`)
  const read: Button[][] = []
  for (const row of rows) {
    if (!Array.isArray(row)) return badRequest(`field "${field} must be an Array of Arrays`)
    const buttons: Button[] = []
    for (const button of row) {
      const one = readOne(button)
      if (isRefused(one)) return one
      buttons.push(one)
    }
    if (buttons.length > 0) read.push(buttons)
  }
  return read
}

function readButton(button: unknown): InlineButton | Refused {
  const wrong = (reason: string) => badRequest(`can't parse inline keyboard button: ${reason}`)
  if (typeof button !== 'object' || button === null || Array.isArray(button)) {
    return wrong('InlineKeyboardButton must be an Object')
  }
  const { text, callback_data: data, url, ...rest } = button as Record<string, unknown>
  if (typeof text !== 'string') return wrong('Field "text" must be of type String')
  if (text.trim() === '') return wrong('Field "text" must be non-empty')

  if (url !== undefined) {
    const checked = checkedUrl(String(url))
    if (!checked) return badRequest(`inline keyboard button URL '${String(url)}' is invalid: Wrong HTTP URL`)
    return { text, url: checked }
  }
  if (data !== undefined) {
    if (typeof data !== 'string') return wrong('Field "callback_data" must be of type String')
    const size = Buffer.byteLength(data)
    if (size < 1 || size > LONGEST_CALLBACK_DATA_BYTES) return badRequest('BUTTON_DATA_INVALID')
    return { text, callback_data: data }
  }
  const other = Object.keys(rest)[0]
  return other
    ? notSimulated(`buttons with ${other}`)
    : wrong('Text buttons are unallowed in the inline keyboard')
}
