import { createTapline, type Tapline } from '@tapline/client'
import { Misuse } from './misuse.ts'
import type { Values } from './options.ts'
import type { Texts } from './texts-en.ts'
import type { Language } from './texts.ts'
import { USER_AGENT } from './version.ts'

export type Settings = { url: string; secretKey: string }

const DEFAULT_URL = 'http://127.0.0.1:8080'

/** Arguments before the environment. */
export function readSettings(
  { url, key }: Values,
  { TAPLINE_URL, TAPLINE_SECRET_KEY }: Record<string, string | undefined>,
  texts: Texts,
): Settings {
  const secretKey = (key ?? TAPLINE_SECRET_KEY ?? '').trim()
  if (secretKey === '') throw new Misuse(texts.keyMissing())
  if (secretKey.startsWith('pk_')) throw new Misuse(texts.keyPublishable())
  if (!/^sk_[!-~]+$/.test(secretKey)) throw new Misuse(texts.keyMalformed())
  return { url: (url ?? (TAPLINE_URL || DEFAULT_URL)).replace(/\/+$/, ''), secretKey }
}

/** The server's sentences come in the terminal's language. */
export function connect({ url, secretKey }: Settings, language: Language): Tapline {
  try {
    return createTapline({
      baseUrl: url,
      secretKey,
      fetch: (address, init) => {
        const headers = new Headers(init.headers)
        headers.set('accept-language', language)
        headers.set('user-agent', USER_AGENT)
        return fetch(address, { ...init, headers })
      },
    })
  } catch (error) {
    throw new Misuse((error as Error).message.replace('baseUrl', 'TAPLINE_URL'))
  }
}
