/** What the server of the shop has made with `signIdentity` of `@tapline/signing`, or how to get it: asked anew with every session. */
export type TaplineChatIdentity = string | (() => string | Promise<string>)

/**
 * What the widget tells. Listen with {@link TaplineChat.on}, or on the element or anywhere above it for `tapline-` and the
 * name: `document.addEventListener('tapline-unread', ({ detail }) => …)`.
 */
export interface TaplineChatEvents {
  /** The bubble stands in the page. */
  ready: Record<string, never>
  open: Record<string, never>
  close: Record<string, never>
  /** How many messages of the shop are not read. */
  unread: { count: number }
  /** Somebody of the shop has written; `text` is null for a file. */
  message: { text: string | null; from: string | null; id: string | null }
  /** A message was refused for good; its text is back in the field. */
  refused: { text: string; code: string }
  /** A greeting was shown beside the bubble. */
  greeting: { text: string }
  /** Who the shopper is has changed. */
  identity: { proven: boolean }
  /** The shopper has rated, from 1 to 5. */
  rated: { score: number }
  /**
   * `panel-unreachable` or `identity-refused`: the widget goes on as well as it can. `page-refused`: the server takes nothing from
   * this page, for its origin or its key, and the widget has left it; the console says why.
   */
  error: { code: string }
}

/** A method and what it takes, for `push`. */
export type TaplineChatCommand =
  | ['open' | 'close' | 'toggle' | 'logout' | 'destroy']
  | ['send', text: string]
  | ['identify', identity: TaplineChatIdentity]
  | ['setLocale', locale: string]
  | ['on' | 'off', name: keyof TaplineChatEvents, listener: (detail: never) => void]

/** The widget, as `window.TaplineChat`: the only global. */
export interface TaplineChat {
  /** Opens the panel, and loads it where it is not there yet. */
  open(): void
  /** Closes the panel; the conversation goes on. */
  close(): void
  toggle(): void
  /**
   * Says something as the shopper. Where the shop asks for consent first and it was not given, the text waits in the field.
   *
   * @example
   * TaplineChat.send(`Is ${product} there in blue?`)
   */
  send(text: string): void
  /**
   * Says who the shopper is: chat and bonuses are then those of the customer, and what the visitor has said before belongs to
   * the customer too. Never before the server of the shop knows it: the token proves it.
   */
  identify(identity: TaplineChatIdentity): void
  /** The shopper has left: what the customer has left in this browser is removed. */
  logout(): void
  /** `ru`, `en` or `kk`; a longer tag such as `kk-KZ` does as well. */
  setLocale(locale: string): void
  /** Hears an event; in a page the returned function ends it, and so does {@link TaplineChat.off}. */
  on<Name extends keyof TaplineChatEvents>(
    name: Name,
    listener: (detail: TaplineChatEvents[Name]) => void,
  ): void
  off<Name extends keyof TaplineChatEvents>(
    name: Name,
    listener: (detail: TaplineChatEvents[Name]) => void,
  ): void
  /** Takes everything out of the page; what waits to be sent is kept for the next time. */
  destroy(): void
  /** Commands, as before the script was there: `push(['open'])`. */
  push(...commands: TaplineChatCommand[]): void
}
