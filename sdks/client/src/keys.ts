/** What a client may be made with, told apart by what it opens. */
export type Keys = {
  secretKey?: string | undefined
  publishableKey?: string | undefined
  webhookUrl?: string | undefined
  signingSecrets?: readonly string[] | undefined
}

// Visible ASCII only: what cannot stand in a header would be quoted by the runtime's own error.
const SECRET_KEY = /^sk_[!-~]+$/
const PUBLISHABLE_KEY = /^pk_[!-~]+$/

/** Throws a `TypeError` that says what to do, and shows no key, unless these may be used here. */
export function requireKeys({ secretKey, publishableKey, webhookUrl, signingSecrets }: Keys): void {
  if (isBrowser() && (secretKey ?? webhookUrl ?? signingSecrets) !== undefined)
    throw new TypeError(
      'In a browser everybody can read secretKey, webhookUrl and signingSecrets: pass a publishableKey (pk_…) here, and rotate a secret that ever was in a page.',
    )
  if ((secretKey ?? publishableKey ?? webhookUrl) === undefined)
    throw new TypeError('Pass a secretKey (sk_…) or a webhookUrl. Is a variable of the environment missing?')
  if (secretKey !== undefined && publishableKey !== undefined)
    throw new TypeError('Pass a secretKey or a publishableKey, not both.')
  requireKey(secretKey, 'secretKey', SECRET_KEY)
  requireKey(publishableKey, 'publishableKey', PUBLISHABLE_KEY)
  if (signingSecrets !== undefined && webhookUrl === undefined)
    throw new TypeError('signingSecrets sign what is posted to the webhookUrl: pass that too.')
}

function requireKey(key: string | undefined, name: string, pattern: RegExp): void {
  if (key !== undefined && !pattern.test(key))
    throw new TypeError(`${name} does not match ${pattern.source}: copy it again, whole.`)
}

type Surroundings = {
  window?: object
  document?: object
  WorkerGlobalScope?: unknown
  navigator?: { userAgent?: string }
}

// Deno has had a `window`, and Cloudflare's workers are a WorkerGlobalScope too: neither alone makes a browser.
function isBrowser(): boolean {
  const { window, document, WorkerGlobalScope, navigator } = globalThis as Surroundings
  return (
    (window !== undefined && document !== undefined) ||
    (WorkerGlobalScope !== undefined && navigator?.userAgent?.startsWith('Mozilla/') === true)
  )
}
