import { createBonuses, type Bonuses } from './create-bonuses.ts'
import type { Cart } from './cart.ts'
import type { Problem } from './problem.ts'
import { referralOf } from './referral-of.ts'
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
  // An element that is called so is no property of the window's own.
  const waiting = Object.hasOwn(page, 'tapline') ? page.tapline : undefined
  // It is there already.
  if ((waiting as Api | undefined)?.bonuses) return
  const { key = '', url = new URL(src).origin, storefront, identity } = dataset
  const locale = dataset.locale ?? (document.documentElement.lang.slice(0, 2) || undefined)
  const bonuses = createBonuses({
    ...({ url, publishableKey: key, storefront, locale, referral: referralOf(location.search) } as {
      url: string
      publishableKey: string
    }),
    ...(identity && { identity: () => identityFrom(identity) }),
  })
  const problems: Problem[] = []
  bonuses.on('problem', (seen) => {
    if (problems.push(seen) > MOST_PROBLEMS) problems.shift()
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
  if (bonuses.referral) void import('./referral.ts').then((part) => part.bringReferral(bonuses), () => undefined) // prettier-ignore
  if (Array.isArray(waiting)) api.push(...waiting)
}

/** An address of the shop that answers with the token of whoever is signed in, or with nothing. */
async function identityFrom(address: string): Promise<string | undefined> {
  const response = await fetch(address)
  return response.ok ? response.text() : undefined
}

// Of the document itself: an image or a form of the page may have taken the name.
const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null
if (script) start(script)
