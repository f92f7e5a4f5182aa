/** Where a chat keeps what it keeps; see `createChat` of `@tapline/chat`. */
export const shelfOf = (url: string, share: string): string => `tapline:${url}:${share}:`

/** Whether somebody has written here before: only then there is anything. */
export function hasSpoken(prefix: string): boolean {
  try {
    // Most shoppers have nothing there, and asking for names costs more than asking how many there are.
    return localStorage.length > 0 && Object.keys(localStorage).some((key) => key.startsWith(prefix))
  } catch {
    // The browser keeps nothing for this page.
    return false
  }
}
