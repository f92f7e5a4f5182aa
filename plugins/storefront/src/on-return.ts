/** Calls when the shopper is back in this tab: from Telegram, from another tab, by the button "back". */
export function onReturn(back: () => void): void {
  // None on a server.
  ;(globalThis.document as Document | undefined)?.addEventListener('visibilitychange', () => {
    if (!document.hidden) back()
  })
}
