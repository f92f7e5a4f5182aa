const REACHABLE =
  'button:not([disabled]),a[href],input:not([disabled]):not([tabindex="-1"]),textarea:not([disabled]),select,[tabindex="0"]'

/** Keeps the tabulator within, from the last to the first and back. */
export function trapFocus(within: HTMLElement, root: ShadowRoot): void {
  within.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return
    const all = [...within.querySelectorAll<HTMLElement>(REACHABLE)].filter((one) => one.checkVisibility())
    const [first, last] = [all[0], all.at(-1)]
    const edge = event.shiftKey ? first : last
    if (root.activeElement !== edge && root.activeElement !== within) return
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  })
}
