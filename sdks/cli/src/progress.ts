/** From where to go on, so that nothing is missed: behind the last page before which everything is done. */
export function createProgress(start: number) {
  const pages: { position: number; left: number }[] = []
  let done = start
  const advance = () => {
    while (pages[0]?.left === 0) done = pages.shift()!.position
  }
  return {
    position: () => done,
    /** Gives back what to call when one of its events is done. */
    begin(position: number, events: number): () => void {
      const page = { position, left: events }
      pages.push(page)
      advance()
      return () => {
        page.left--
        advance()
      }
    },
  }
}
