/**
 * On a phone the panel is as high as what can be seen, above the keyboard: `--height` and `--top` follow the visual
 * viewport, which the keyboard makes smaller where the layout's stays.
 */
export function fitViewport(element: HTMLElement): () => void {
  const { visualViewport: seen } = window
  if (!seen) return () => undefined
  const fit = (): void => {
    element.style.setProperty('--height', `${seen.height}px`)
    element.style.setProperty('--top', `${seen.offsetTop}px`)
  }
  seen.addEventListener('resize', fit)
  seen.addEventListener('scroll', fit)
  fit()
  return () => {
    seen.removeEventListener('resize', fit)
    seen.removeEventListener('scroll', fit)
  }
}
