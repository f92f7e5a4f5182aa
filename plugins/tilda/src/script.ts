import { startTilda, type TildaBonuses } from './start-tilda.ts'

/** The one global of Tapline's plugins in a page. */
const page = window as { tapline?: Partial<TildaBonuses> }

try {
  // Of the document itself: an image or a form of the page may have taken the name.
  const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement
  const { key, url, locale } = script.dataset
  // An element that is called so is no property of the window's own.
  const there = Object.hasOwn(page, 'tapline') ? page.tapline : undefined
  if (!key) console.warn('Tapline: data-key="pk_…" is missing')
  // A snippet that stands in two blocks is still one plugin.
  else if (!there?.diagnose) {
    const { diagnose } = startTilda({
      ...{ url: url ?? new URL(script.src).origin, publishableKey: key },
      ...(locale && { locale }),
    })
    page.tapline = Object.assign(there ?? {}, { diagnose })
  }
} catch (fault) {
  // The shop goes on without bonuses.
  console.warn('Tapline:', fault)
}
