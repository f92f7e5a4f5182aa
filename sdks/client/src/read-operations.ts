/** One thing that can be done. */
export type Operation = [name: string, method: string, path: string, mark: string]

/**
 * Reads the generated table. `orders/: get. PUTput.?storefront` are `getOrder`, by GET, and `putOrder`, by PUT with
 * `storefront` in the query, both of `/v1/orders/{orderId}`; `@` is the address' last word, `.` one of it. Marked with `*` it
 * has pages, with `>` it is a feed, with `!` a second time would do it twice.
 */
export function readOperations(table: string): Operation[] {
  return table.split('\n').flatMap((line) => {
    const [address, ...operations] = line.split(' ') as [string, ...string[]]
    const path = `/v1/${address.replace(/(\w+)\/:/g, (_, many: string) => `${many}/{${oneOf(many)}Id}`)}`
    const many = /[\w-]+(?=\W*$)/
      .exec(address)![0]
      .replace(/-?\b./g, (start) => start.slice(-1).toUpperCase())
    return operations.map((operation): Operation => {
      const said = operation.replace('@', many).replace('.', oneOf(many))
      const [, method, name, mark] = /^([A-Z]*)(\w+)(.*)/.exec(said)!
      return [name!, method || 'GET', path, mark!]
    })
  })
}

function oneOf(many: string): string {
  return many.replace(/ies$/, 'y').replace(/s$/, '')
}
