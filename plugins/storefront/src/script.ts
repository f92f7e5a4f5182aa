import { createBonuses, type Bonuses } from './create-bonuses.ts'
import type { Cart } from './cart.ts'
import { scan } from './scan.ts'
import { openShop, type Shop } from './shop.ts'

type Told = (tapline: Api) => void

/** `window.tapline` of a page with the script. */
interface Api {
  bonuses: Bonuses
  /** The cart of a shop that does not write it into attributes. */
  cart(cart: Cart | undefined): void
  on: Bonuses['on']
  /** Says in the console what works and what does not. */
  diagnose(): Promise<unknown>
  /** Runs in a moment; before the script was there, `(window.tapline ||= []).push(…)` keeps it until then. */
  push(...told: Told[]): void
}

const MOST_PROBLEMS = 5

function start({ dataset, src }: { dataset: DOMStringMap; src: string }): void {
  const page = window as unknown as { tapline?: Api | Told[] }
  const waiting = page.tapline
  // It is there already.
  if (waiting && 'bonuses' in waiting) return
  const { key = '', url = new URL(src).origin, storefront, identity } = dataset
  const locale = dataset.locale ?? (document.documentElement.lang.slice(0, 2) || undefined)
  const bonuses = createBonuses({
    ...({ url, publishableKey: key, storefront, locale } as { url: string; publishableKey: string }),
    ...(identity && { identity: () => identityFrom(identity) }),
  })
  const problems: string[] = []
  bonuses.on('problem', ({ code }) => {
    if (problems.push(code) > MOST_PROBLEMS) problems.shift()
  })
  let shop: Shop | undefined
  const scanned = scan(() => (shop ??= openShop(bonuses, locale, () => scanned.render())))
  const api: Api = {
    bonuses,
    on: bonuses.on,
    cart(cart) {
      shop ??= openShop(bonuses, locale, scanned.render)
      shop.cart = cart
      scanned.look()
    },
    diagnose: async () =>
      (await import('./diagnose.ts')).diagnose(bonuses, {
        ...{ key, url, locale, problems },
        given: shop?.cart !== undefined,
      }),
    push(...told) {
      // What fails there is the shop's to see, and stops nothing here.
      for (const tell of told) queueMicrotask(() => tell(api))
    },
  }
  page.tapline = api
  scanned.look()
  scanned.watch()
  // An element of the page may have the name too.
  if (Array.isArray(waiting)) api.push(...waiting)
}

/** An address of the shop that answers with the token of whoever is signed in, or with nothing. */
async function identityFrom(address: string): Promise<string | undefined> {
  const response = await fetch(address)
  return response.ok ? response.text() : undefined
}

const { currentScript } = document
if (currentScript instanceof HTMLScriptElement) start(currentScript)
