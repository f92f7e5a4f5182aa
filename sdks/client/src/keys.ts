/** What a client may be made with, told apart by what it opens. */
export type Keys = {
  secretKey?: string | undefined
  publishableKey?: string | undefined
  webhookUrl?: string | undefined
  signingSecrets?: readonly string[] | undefined
}

/** Throws a `TypeError` that says what to do, and shows no key, unless these may be used here. */
export function requireKeys({ secretKey, publishableKey, webhookUrl, signingSecrets }: Keys): void {
  if (isBrowser() && (secretKey ?? webhookUrl ?? signingSecrets) !== undefined)
    throw new TypeError(
      'In a browser everybody can read secretKey, webhookUrl and signingSecrets: pass a publishableKey (pk_…), and rotate what was in a page.',
    )
  if ((secretKey ?? publishableKey ?? webhookUrl) === undefined)
    throw new TypeError('Pass a secretKey (sk_…) or a webhookUrl: is it missing in the environment?')
  if (secretKey !== undefined && publishableKey !== undefined)
    throw new TypeError('Pass a secretKey or a publishableKey, not both.')
  requireKey(secretKey, 'secretKey', 'sk')
  requireKey(publishableKey, 'publishableKey', 'pk')
  if (signingSecrets !== undefined && webhookUrl === undefined)
    throw new TypeError('signingSecrets need a webhookUrl.')
}

// Visible ASCII only: what cannot stand in a header would be quoted by the runtime's own error.
function requireKey(key: string | undefined, name: string, prefix: string): void {
  const pattern = `^${prefix}_[!-~]+$`
  if (key !== undefined && !RegExp(pattern).test(key))
    throw new TypeError(`${name} does not match ${pattern}: copy it again, whole.`)
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
