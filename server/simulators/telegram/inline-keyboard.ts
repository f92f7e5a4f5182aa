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

/** Reads reply_markup, refusing what Telegram refuses; an empty keyboard is none. */
export function readInlineKeyboard(markup: unknown): InlineKeyboard | undefined | Refused {
  if (markup === undefined || markup === null || markup === '') return undefined
  if (typeof markup !== 'object' || Array.isArray(markup))
    return badRequest('object expected as reply markup')
  if (!('inline_keyboard' in markup)) {
    const kind = ['keyboard', 'remove_keyboard', 'force_reply'].find((key) => key in markup)
    return kind ? notSimulated(`reply_markup.${kind}`) : undefined
  }

  const rows = markup.inline_keyboard
  if (!Array.isArray(rows))
    return badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
  const keyboard: InlineButton[][] = []
  for (const row of rows) {
    if (!Array.isArray(row)) {
      return badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    }
    const buttons: InlineButton[] = []
    for (const button of row) {
      const read = readButton(button)
      if (isRefused(read)) return read
      buttons.push(read)
    }
    if (buttons.length > 0) keyboard.push(buttons)
  }
  if (keyboard.flat().length > MOST_BUTTONS) return badRequest('reply markup is too long')
  return keyboard.length > 0 ? { inline_keyboard: keyboard } : undefined
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
