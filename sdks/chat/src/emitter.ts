/** Hears events until the returned function is called. */
export type On<Events> = <Name extends keyof Events>(
  name: Name,
  listener: (event: Events[Name]) => void,
) => () => void

export function createEmitter<Events>() {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>()
  const on: On<Events> = (name, listener) => {
    const all = listeners.get(name) ?? new Set()
    listeners.set(name, all.add(listener))
    return () => void all.delete(listener)
  }
  /** A listener that throws harms neither the others nor the state that it hears of. */
  function emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of listeners.get(name) ?? []) {
      try {
        listener(event as never)
      } catch (fault) {
        queueMicrotask(() => {
          throw fault
        })
      }
    }
  }
  return { on, emit }
}
