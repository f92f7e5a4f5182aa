/** The address that was given, else the environment's. */
export function requireBaseUrl(given: string | undefined): string {
  // By way of globalThis, for there is no `process` on the edge.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  const url = given ?? process?.env?.TAPLINE_URL
  if (url) return requireAddress(url, given === undefined ? 'TAPLINE_URL' : 'baseUrl')
  throw new TypeError(
    'createTapline needs a baseUrl, such as https://tapline.example.com, or TAPLINE_URL in the environment.',
  )
}

/** The address may hold a secret, so an error does not show it. */
export function requireAddress(address: string, name: string): string {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw new TypeError(`${name} is no address: it begins with https:// and a host.`)
  }
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`${name} does not begin with https:// or http://.`)
  if (url.username || url.password) throw new TypeError(`${name} holds a user or password; pass keys only.`)
  return address
}
