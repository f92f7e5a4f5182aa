/**
 * Puts parameters into an address. One that is missing, empty or made of dots would name another address without a
 * sound (`/v1/orders/..` is `/v1/`), so it is a mistake of the calling program.
 */
export function fillAddress(template: string, params: Record<string, unknown> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} is missing, empty or only dots.`)
    return encodeURIComponent(text)
  })
}
