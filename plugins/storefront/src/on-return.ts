// None on a server.
const page = globalThis.document as Document | undefined

export const isHidden = (): boolean => page?.hidden === true

/** Calls when the shopper is back in this tab: from Telegram, from another tab or window, by the button "back". */
export function onReturn(back: () => void): void {
  page?.addEventListener('visibilitychange', () => {
    if (!isHidden()) back()
  })
  page?.defaultView?.addEventListener('focus', back)
}
