/** Calls when the shopper is back in this tab: from Telegram, from another tab, by the button "back". */
export function onReturn(back: () => void): void {
  if (typeof document === 'undefined') return
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) back()
  })
}
