type Listener = (detail: never) => void

/** Tells the page: its own listeners, and whoever listens on the element or above it for `tapline-…`. */
export function createEvents(element: HTMLElement) {
  const listeners = new Map<string, Set<Listener>>()
  return {
    on(name: string, listener: Listener): () => void {
      const all = listeners.get(name) ?? new Set<Listener>()
      listeners.set(name, all.add(listener))
      return () => void all.delete(listener)
    },
    off: (name: string, listener: Listener): void => void listeners.get(name)?.delete(listener),
    emit(name: string, detail: object = {}): void {
      element.dispatchEvent(new CustomEvent(`tapline-${name}`, { detail, bubbles: true, composed: true }))
      for (const listener of listeners.get(name) ?? [])
        try {
          listener(detail as never)
        } catch (fault) {
          // A mistake of the page is the page's to hear of, and harms nobody else.
          reportError(fault)
        }
    },
  }
}
