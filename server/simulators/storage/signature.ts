import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Keys {
  accessKeyId: string
  secretAccessKey: string
  region: string
}

export interface S3Problem {
  status: number
  code: string
  message: string
}

interface Claim {
  credential: string
  signedHeaders: string[]
  signature: string
  date: string
  payloadHash: string
  isInAddress: boolean
}

const SKEW_MS = 15 * 60_000
const MAX_EXPIRES_SECONDS = 604_800

/** Signature Version 4 as S3 checks it, in headers or in the address; undefined when all is well. */
export function checkSignature(
  request: IncomingMessage,
  url: URL,
  keys: Keys,
  now: number,
): S3Problem | undefined {
  const claim = claimInAddress(url) ?? claimInHeader(request)
  if (claim === undefined) return denied('AccessDenied', 'Access Denied')
  if ('status' in claim) return claim
  const signedAt = instantOf(claim.date)
  if (Number.isNaN(signedAt))
    return denied('AccessDenied', 'X-Amz-Date must be in the format YYYYMMDDTHHMMSSZ')
  const expired = claim.isInAddress ? checkExpiry(url, signedAt, now) : checkSkew(signedAt, now)
  if (expired !== undefined) return expired

  const day = claim.date.slice(0, 8)
  const scope = `${day}/${keys.region}/s3/aws4_request`
  if (claim.credential !== `${keys.accessKeyId}/${scope}`) {
    const isKnown = claim.credential.startsWith(`${keys.accessKeyId}/`)
    return isKnown
      ? { status: 400, code: 'AuthorizationHeaderMalformed', message: `Expecting the scope ${scope}` }
      : denied('InvalidAccessKeyId', 'The access key id does not exist')
  }
  if (!claim.signedHeaders.includes('host')) return denied('AccessDenied', 'host must be signed')
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !claim.signedHeaders.includes(name),
  )
  if (unsigned.length > 0)
    return denied(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${unsigned.join(', ')}`,
    )

  const canonical = [
    request.method,
    encodePath(url.pathname),
    canonicalQuery(url),
    ...claim.signedHeaders.map((name) => `${name}:${headerOf(request, name)}`),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', claim.date, scope, sha256(canonical)].join('\n')
  const key = [day, keys.region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${keys.secretAccessKey}`,
  )
  const expected = hmac(key, toSign)
  const given = Buffer.from(claim.signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? undefined
    : denied(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided',
      )
}

function claimInAddress({ searchParams }: URL): Claim | S3Problem | undefined {
  const of = (name: string) => searchParams.get(name) ?? ''
  if (!searchParams.has('X-Amz-Signature')) return undefined
  if (of('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256')
    return denied('AccessDenied', 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"')
  return {
    credential: of('X-Amz-Credential'),
    signedHeaders: of('X-Amz-SignedHeaders').split(';'),
    signature: of('X-Amz-Signature'),
    date: of('X-Amz-Date'),
    payloadHash: 'UNSIGNED-PAYLOAD',
    isInAddress: true,
  }
}

function claimInHeader({ headers }: IncomingMessage): Claim | undefined {
  const [, credential, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? []
  if (credential === undefined || signedHeaders === undefined || signature === undefined) return undefined
  return {
    credential,
    signedHeaders: signedHeaders.split(';'),
    signature,
    date: String(headers['x-amz-date'] ?? ''),
    payloadHash: String(headers['x-amz-content-sha256'] ?? ''),
    isInAddress: false,
  }
}

function checkExpiry({ searchParams }: URL, signedAt: number, now: number): S3Problem | undefined {
  const seconds = Number(searchParams.get('X-Amz-Expires'))
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_EXPIRES_SECONDS)
    return {
      status: 400,
      code: 'AuthorizationQueryParametersError',
      message: 'X-Amz-Expires must be less than a week (in seconds)',
    }
  if (signedAt > now + SKEW_MS) return denied('AccessDenied', 'Request is not valid yet')
  return signedAt + seconds * 1_000 < now ? denied('AccessDenied', 'Request has expired') : undefined
}

function checkSkew(signedAt: number, now: number): S3Problem | undefined {
  return Math.abs(signedAt - now) > SKEW_MS
    ? denied(
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large',
      )
    : undefined
}

function instantOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function canonicalQuery({ searchParams }: URL): string {
  return [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  return String(headers[name] ?? '')
    .trim()
    .replace(/ +/g, ' ')
}

function denied(code: string, message: string): S3Problem {
  return { status: 403, code, message }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
