const LOOK_MS = 1_000

interface Navigates {
  addEventListener(name: 'currententrychange', listener: () => void): void
  removeEventListener(name: 'currententrychange', listener: () => void): void
}

/**
 * Tells when the page became another one without being loaded. `history` stays as it is: where the browser has no
 * Navigation API, the path is looked at once a second while the page is seen.
 */
export function watchPath(onChange: (path: string) => void): () => void {
  let path = location.pathname
  const look = (): void => {
    if (location.pathname === path || document.hidden) return
    path = location.pathname
    onChange(path)
  }
  const { navigation } = window as unknown as { navigation?: Navigates }
  if (navigation) {
    navigation.addEventListener('currententrychange', look)
    return () => navigation.removeEventListener('currententrychange', look)
  }
  const timer = setInterval(look, LOOK_MS)
  return () => clearInterval(timer)
}
