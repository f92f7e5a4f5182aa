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
  /** In a moment, and apart: a listener that fails is the shop's to see, and stops nothing here. */
  function emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    listeners.get(name)?.forEach((listener) => {
      queueMicrotask(() => listener(event as never))
    })
  }
  return { on, emit }
}
