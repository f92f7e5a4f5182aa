import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, invalid, missing, unauthorized } from './api-error.ts'
import type { App } from './apps.ts'
import type { Arguments } from './arguments.ts'
import { forgetOldest } from '../bounded.ts'
import { opaqueId } from './opaque-id.ts'
import { readArguments } from './request-body.ts'
import { refused, write } from './serve-api.ts'
import type { Todoist } from './todoist.ts'
import { EVERYTHING } from './users.ts'

interface Grant {
  clientId: string
  userId: string
  scopes: string[]
  expiresAt: number
}

const CODE_LIVES_MS = 10 * 60 * 1000
const TOKEN_LIVES_MS = 60 * 60 * 1000
const MOST_CODES = 1000
const KNOWN_SCOPES = new Set([...EVERYTHING, 'data:read', 'task:add'])

/** `/oauth/authorize` asks who lets the app in; `/oauth/access_token` gives a token for the code. */
export function oauth(todoist: Todoist) {
  const codes = new Map<string, Grant>()

  const appOf = (clientId: unknown): App => {
    const app = typeof clientId === 'string' ? todoist.apps.find(clientId) : undefined
    return app ?? thrown(new ApiError(400, 'INVALID_CLIENT', 1, 'invalid_client'))
  }

  const authorize = (url: URL, response: ServerResponse) => {
    const query = Object.fromEntries(url.searchParams)
    const app = appOf(query.client_id)
    if (app.redirectUri === undefined) throw invalid('redirect_uri', 'The app has no redirect URI')
    if (query.redirect_uri !== undefined && query.redirect_uri !== app.redirectUri)
      throw invalid('redirect_uri')
    const scopes = (query.scope ?? '').split(',').filter((scope) => scope !== '')
    const back = new URL(app.redirectUri)
    if (query.state !== undefined) back.searchParams.set('state', query.state)
    if (scopes.length === 0 || !scopes.every((scope) => KNOWN_SCOPES.has(scope)) || query.answer === 'no') {
      back.searchParams.set('error', query.answer === 'no' ? 'access_denied' : 'invalid_scope')
      return redirect(response, back)
    }
    const user = query.uid === undefined ? undefined : todoist.users.find(query.uid)
    if (!user) return ask(todoist, app, url, scopes, response)
    const code = opaqueId()
    const expiresAt = todoist.clock.now() + CODE_LIVES_MS
    codes.set(code, { clientId: app.clientId, userId: user.id, scopes, expiresAt })
    forgetOldest(codes, MOST_CODES)
    back.searchParams.set('code', code)
    redirect(response, back)
  }

  const exchange = (args: Arguments) => {
    const app = appOf(args.client_id)
    if (args.client_secret !== app.clientSecret)
      throw new ApiError(400, 'INVALID_CLIENT', 1, 'bad_client_secret')
    if (args.grant_type === 'refresh_token') return refresh(app, args)
    if (typeof args.code !== 'string') throw missing('code')
    const grant = codes.get(args.code)
    codes.delete(args.code)
    if (!grant || grant.clientId !== app.clientId || grant.expiresAt <= todoist.clock.now()) {
      throw new ApiError(400, 'BAD_AUTHORIZATION_CODE', 1, 'bad_authorization_code')
    }
    return letIn(app, grant.userId, grant.scopes)
  }

  const refresh = (app: App, args: Arguments) => {
    const old = todoist.users.tokens().find(({ refreshToken, clientId, revoked }) => {
      return (
        refreshToken !== undefined &&
        refreshToken === args.refresh_token &&
        clientId === app.clientId &&
        !revoked
      )
    })
    if (!old) throw new ApiError(400, 'INVALID_GRANT', 1, 'invalid_grant')
    old.revoked = true
    return letIn(app, old.userId, old.scopes)
  }

  const letIn = ({ clientId, refreshesTokens }: App, userId: string, scopes: string[]) => {
    const token = todoist.users.letIn(userId, {
      clientId,
      scopes,
      ...(refreshesTokens && {
        refreshToken: opaqueId(),
        expiresAt: todoist.clock.now() + TOKEN_LIVES_MS,
      }),
    })
    return {
      access_token: token.token,
      token_type: 'Bearer',
      ...(token.refreshToken !== undefined && {
        refresh_token: token.refreshToken,
        expires_in: TOKEN_LIVES_MS / 1000,
      }),
    }
  }

  /** RFC 7009: with the secret of the app as Basic; a token that is not there is no error. */
  const revoke = (request: IncomingMessage, args: Arguments) => {
    const [, basic = ''] = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const [clientId, secret] = Buffer.from(basic, 'base64').toString().split(':')
    if (todoist.apps.find(clientId ?? '')?.clientSecret !== secret || secret === undefined)
      throw unauthorized()
    const token = todoist.users.token(String(args.token))
    if (token?.clientId === clientId) token!.revoked = true
    return {}
  }

  return async (url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (url.pathname === '/oauth/authorize' && request.method === 'GET') return authorize(url, response)
      if (request.method !== 'POST') throw new ApiError(405, 'METHOD_NOT_ALLOWED', 405, 'Method not allowed')
      const args = await readArguments(request)
      if (url.pathname === '/oauth/access_token')
        return write(response, { status: 200, body: exchange(args) })
      if (url.pathname === '/api/v1/revoke')
        return write(response, { status: 200, body: revoke(request, args) })
      throw new ApiError(404, 'NOT_FOUND', 404, 'Not found')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      write(response, refused(error))
    }
  }
}

/** A page on which a person says who they are, in place of signing in. */
function ask(todoist: Todoist, app: App, url: URL, scopes: string[], response: ServerResponse): void {
  const way = (name: string, value: string) => {
    const to = new URL(url)
    to.searchParams.set(name, value)
    return escaped(`${to.pathname}${to.search}`)
  }
  const people = todoist.users
    .all()
    .map(({ id, fullName }) => `<p><a class="who" href="${way('uid', id)}">${escaped(fullName)}</a></p>`)
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  })
  response.end(`<!doctype html><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Todoist simulator</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:12vh auto;padding:0 1rem;color:#202020}
a{color:#b3261e}.who{display:block;padding:.7rem 1rem;border:1px solid #ddd;border-radius:.6rem;text-decoration:none}
.who:hover{background:#fdf1ef}small{color:#666}</style>
<h1>${escaped(app.clientId)}</h1><p>The app asks for <b>${escaped(scopes.join(', '))}</b>. Who lets it in?</p>
${people.join('\n')}<p><a href="${way('answer', 'no')}"><small>Nobody</small></a></p>`)
}

const redirect = (response: ServerResponse, to: URL) => {
  response.writeHead(302, { Location: to.toString() })
  response.end()
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)!};`)

function thrown(error: Error): never {
  throw error
}
