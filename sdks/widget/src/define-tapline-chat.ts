import type { TaplineChat, TaplineChatCommand, TaplineChatIdentity } from './tapline-chat.ts'

/** How the widget stands in the page; `url` and `key` are needed. What the shop has set holds where an option is absent. */
export interface TaplineChatOptions {
  /** Where Tapline is: `https://tapline.example.com`. */
  url: string
  /** `pk_…`; it is no secret. */
  key: string
  /** `ru`, `en` or `kk`; when absent that of the page's `lang`, else the browser's. */
  locale?: string
  /** `auto` follows the system. */
  theme?: 'auto' | 'light' | 'dark'
  side?: 'right' | 'left'
  /** Such as `#1f6feb`; darkened or lightened where text on it could not be read. */
  colour?: string
  /** See {@link TaplineChat.identify}. */
  identity?: TaplineChatIdentity
  /** `never`: nothing is kept in the browser, not even after the first message. */
  storage?: 'never'
  /** `none`: the page opens the chat by itself. */
  bubble?: 'none'
  /** Of a policy that asks for one. */
  nonce?: string
}

const NAMES = [
  'open',
  'close',
  'toggle',
  'send',
  'identify',
  'logout',
  'setLocale',
  'on',
  'off',
  'destroy',
] as const

interface Script {
  src: string
  async: boolean
  nonce: string
  dataset: object
}

/** What is used of a page; on a server there is none. */
interface Page {
  document?: {
    head: { append(script: Script): void }
    createElement(name: 'script'): Script
    querySelector(selector: string): unknown
  }
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string }
  }
  TaplineChat?: { push(...commands: TaplineChatCommand[]): void }
}

/**
 * Puts the widget into this page, once; it loads while the page is used. On a server it does nothing.
 *
 * @example
 * const chat = defineTaplineChat({ url: 'https://tapline.example.com', key: 'pk_…' })
 * chat.on('unread', ({ count }) => (document.title = count > 0 ? `(${count}) Shop` : 'Shop'))
 *
 * @throws TypeError when `url` is no address.
 */
export function defineTaplineChat({ url, key, identity, nonce, ...look }: TaplineChatOptions): TaplineChat {
  const page = globalThis as unknown as Page
  const { document, trustedTypes } = page
  const src = new URL('/js/tapline-chat.js', url).href
  const push = (...commands: TaplineChatCommand[]): void => {
    if (!document) return
    // A form of that name is no queue.
    if (typeof page.TaplineChat?.push !== 'function') page.TaplineChat = []
    page.TaplineChat.push(...commands)
  }
  if (document && !document.querySelector(`script[src="${src}"]`)) {
    const script = document.createElement('script')
    script.async = true
    // Pages with Trusted Types allow the policy `tapline`, whose only address is this one.
    script.src =
      trustedTypes?.createPolicy('tapline', { createScriptURL: () => src }).createScriptURL('') ?? src
    if (nonce) script.nonce = nonce
    Object.assign(script.dataset, { key, url, ...look })
    if (identity !== undefined) push(['identify', identity])
    document.head.append(script)
  }
  const chat = { push } as Record<string, unknown>
  for (const name of NAMES)
    chat[name] = (...values: unknown[]) => push([name, ...values] as TaplineChatCommand)
  return chat as unknown as TaplineChat
}
