import { lookup, Resolver } from 'node:dns/promises'

/** The addresses of a name, none when it has none. */
export type ResolveName = (name: string) => Promise<readonly string[]>

const QUERY = { timeout: 1_000, tries: 2 }

/**
 * Asks the name servers over sockets of its own. The system's lookup occupies one of the four threads that files and keys
 * need, too: a shop whose name server is silent would stop everybody.
 */
export async function resolveInDns(name: string, servers?: readonly string[]): Promise<readonly string[]> {
  const resolver = new Resolver(QUERY)
  if (servers !== undefined) resolver.setServers(servers)
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}

/** Knows the hosts file and the search list, too: for names that the host of this server trusts. */
export const resolveBySystem: ResolveName = async (name) => {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address)
  } catch {
    return []
  }
}
