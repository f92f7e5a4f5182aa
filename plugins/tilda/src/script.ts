import { startTilda, type TildaBonuses } from './start-tilda.ts'

/** The one global of Tapline's plugins in a page. */
const page = window as { tapline?: Partial<TildaBonuses> }

try {
  const script = document.currentScript as HTMLScriptElement
  const { key, url, lang } = script.dataset
  if (!key) console.warn('Tapline: data-key="pk_…" is missing')
  // A snippet that stands in two blocks is still one plugin.
  else if (!page.tapline?.diagnose) {
    const { diagnose } = startTilda({
      ...{ url: url ?? new URL(script.src).origin, publishableKey: key },
      ...(lang && { lang }),
    })
    page.tapline = Object.assign(page.tapline ?? {}, { diagnose })
  }
} catch (fault) {
  // The shop goes on without bonuses.
  console.warn('Tapline:', fault)
}
