export interface App {
  clientId: string
  clientSecret: string
  callbackUrl: string | undefined
  redirectUri: string | undefined
  /** Its tokens live an hour and come with one to renew them. */
  refreshesTokens: boolean
  /** Names of events; undefined means all. */
  events: string[] | undefined
  /** An old version to write into the envelope. */
  version: string
}

export interface NewApp {
  clientId: string
  clientSecret: string
  callbackUrl?: string
  redirectUri?: string
  refreshesTokens?: boolean
  events?: string[]
  version?: string
}

export type Apps = ReturnType<typeof apps>

export function apps() {
  const byId = new Map<string, App>()
  return {
    register(input: NewApp): App {
      const app = {
        callbackUrl: undefined,
        redirectUri: undefined,
        refreshesTokens: false,
        events: undefined,
        version: '1',
        ...input,
      }
      byId.set(app.clientId, app)
      return app
    },
    find: (clientId: string) => byId.get(clientId),
    all: () => [...byId.values()],
  }
}
