/** The address that was given, else the environment's. */
export function requireBaseUrl(given: string | undefined): string {
  // By way of globalThis, for there is no `process` on the edge.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  const url = given ?? process?.env?.TAPLINE_URL
  if (url) return requireAddress(url, given === undefined ? 'TAPLINE_URL' : 'baseUrl')
  throw new TypeError('Pass a baseUrl (https://…), or set TAPLINE_URL.')
}

/** The address may hold a secret, so an error does not show it. */
export function requireAddress(address: string, name: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new TypeError(`${name} is no address: it begins with https:// and has no user or password.`)
  return address
}
