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
      'This is a browser, where everybody can read what you pass: secretKey, webhookUrl and signingSecrets belong on your server. ' +
        'Pass a publishableKey (pk_…) here. If a secret key was ever delivered to a browser, rotate it.',
    )
  if (secretKey === undefined && publishableKey === undefined && webhookUrl === undefined)
    throw new TypeError(
      'createTapline needs a secretKey (sk_…) for /v1, or a webhookUrl to post orders, or both; is a variable of the environment missing?',
    )
  if (secretKey !== undefined && publishableKey !== undefined)
    throw new TypeError('Pass a secretKey or a publishableKey: a client speaks with one of them.')
  if (secretKey !== undefined && !SECRET_KEY.test(secretKey))
    throw new TypeError(
      'secretKey is no secret key: one begins with sk_ and has no blanks or line breaks. Was it copied whole?',
    )
  if (publishableKey !== undefined && !PUBLISHABLE_KEY.test(publishableKey))
    throw new TypeError(
      'publishableKey is no publishable key: one begins with pk_ and has no blanks or line breaks.',
    )
  if (signingSecrets !== undefined && webhookUrl === undefined)
    throw new TypeError('signingSecrets sign what is posted to the webhookUrl: pass that too.')
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
