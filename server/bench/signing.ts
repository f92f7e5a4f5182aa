import { createHmac, timingSafeEqual } from 'node:crypto'
import { generateSecret, signWebhook, verifyWebhook } from '@tapline/signing'
import { Webhook } from 'standardwebhooks'
import { median, type Row } from './report.ts'
import type { Surroundings } from './surroundings.ts'

const BODY_BYTES = 2_048
const SAMPLES_PER_ROUND = 20
const VERIFIED = 5_000
const MICROSECONDS = 1_000

/** One verified webhook of 2 KB: ours, bare node:crypto with the least that is still safe, and the reference library. */
export function signing(_surroundings: Surroundings, { rounds }: { rounds: number }): Promise<Row> {
  const secret = generateSecret()
  const secrets = [secret]
  const body = Buffer.from(JSON.stringify({ type: 'bonus.awarded', data: 'x'.repeat(BODY_BYTES) }))
  const headers = {
    host: 'shop.example',
    'user-agent': 'Tapline',
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...signWebhook({ id: 'evt_01JD8Z', timestamp: new Date(), body, secrets }),
    connection: 'keep-alive',
  }
  const reference = new Webhook(secret)

  const ours = () => verifyWebhook({ headers, body, secrets }).verified
  const bare = () => {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
    const age = Math.abs(Date.now() / 1000 - Number(timestamp))
    return age < 300 && timingSafeEqual(digest, Buffer.from(signature.slice('v1,'.length), 'base64'))
  }
  const theirs = () => reference.verify(body, headers, { jsonParse: false }) !== null

  const samples = Array.from({ length: (rounds + 1) * SAMPLES_PER_ROUND }, () => ({
    bare: microsecondsOf(bare, VERIFIED),
    ours: microsecondsOf(ours, VERIFIED),
    theirs: microsecondsOf(theirs, VERIFIED / 10),
  })).slice(SAMPLES_PER_ROUND)
  const of = (side: 'ours' | 'bare' | 'theirs') => median(samples.map((sample) => sample[side]))
  // Of neighbours in time: what disturbs one disturbs the other.
  const ratio = median(samples.map((sample) => sample.ours / sample.bare))
  return Promise.resolve({
    row: 'signing',
    ours: of('ours'),
    baseline: of('bare'),
    unit: 'µs per verify',
    must: { oursAtMost: 1.3 * of('bare') },
    aim: { oursAtMost: 1.1 * of('bare') },
    measuredBaseline: undefined,
    note:
      `2 KB; median of ratios to node:crypto ${ratio.toFixed(2)}; standardwebhooks needs ${of('theirs').toFixed(1)} µs, ` +
      `${(of('theirs') / of('ours')).toFixed(1)} times ours`,
  })
}

function microsecondsOf(verify: () => boolean, times: number): number {
  const started = performance.now()
  for (let time = 0; time < times; time++) if (!verify()) throw new Error('A good webhook was refused')
  return ((performance.now() - started) / times) * MICROSECONDS
}
