// A use of every export, as somebody would write it who has only the package; tried with the packed tarball.
import {
  createTapline,
  isTaplineError,
  isTaplineNetworkError,
  TaplineError,
  TaplineNetworkError,
  type CallOptions,
  type components,
  type DataOf,
  type Door,
  type EventOf,
  type ParamsOf,
  type paths,
  type ProblemCode,
  type Result,
  type Tapline,
  type TaplineEvent,
} from '@tapline/client'

const fetch = (url: string, init: RequestInit): Promise<Response> => {
  const sent = new Headers(init.headers)
  const code = 'insufficient-bonuses'
  if (url.endsWith('/v1/holds') && sent.has('idempotency-key'))
    return Promise.resolve(Response.json({ code, detail: 'Not enough.', status: 422 }, { status: 422 }))
  if (sent.get('webhook-signature')?.startsWith('v1,') === true)
    return Promise.resolve(Response.json({ id: 'inb_1', status: 'accepted' }, { status: 202 }))
  return Promise.resolve(Response.json({ data: [{ id: 'cus_1' }], nextCursor: null }))
}

const tapline: Tapline & Door = createTapline({
  secretKey: 'sk_of_nobody',
  baseUrl: 'https://tapline.test',
  webhookUrl: 'https://tapline.test/api/webhook/of-nobody',
  signingSecrets: ['whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz'],
  fetch,
})

export async function holdAll(options: CallOptions): Promise<ProblemCode | undefined> {
  const hold: ParamsOf<'createHold'> = { customer: { id: 'cus_1' }, orderId: '1', amount: '100.00' }
  const { error }: Result<DataOf<'createHold'>> = await tapline.createHold(hold, options)
  return error?.code
}

export function tell(event: TaplineEvent): string {
  if (event.type !== 'bonus.awarded') return event.id
  const awarded: EventOf<'bonus.awarded'> = event
  const available: string = awarded.data.available
  // @ts-expect-error a field that no event of this type has
  void awarded.data.refundId
  return available
}

export type Customer = components['schemas']['Customer']
export type Customers = paths['/v1/customers']['get']

async function main(): Promise<void> {
  const seen: string[] = []
  for await (const { id } of tapline.listCustomers.all()) seen.push(id)
  const { data } = await tapline.purchase({ email: 'anna@example.com', orderId: '1', amount: 4900 })
  const { error } = await tapline.createHold({ customer: { id: 'cus_1' }, orderId: '1', amount: 1 })
  const code = await holdAll({ idempotencyKey: 'a', timeoutMs: 1_000, maxRetries: 0 })
  const lost = await createTapline({
    publishableKey: 'pk_of_nobody',
    baseUrl: 'https://tapline.test',
    maxRetries: 0,
    fetch: () => Promise.reject(new TypeError('fetch failed')),
  })
    .getProgram()
    .catch((fault: unknown) => fault)
  const right =
    seen.join() === 'cus_1' &&
    data?.status === 'accepted' &&
    code === 'insufficient-bonuses' &&
    error instanceof TaplineError &&
    isTaplineError(error) &&
    lost instanceof TaplineNetworkError &&
    isTaplineNetworkError(lost)
  console.log(right ? 'ok' : JSON.stringify([seen, data, code, error, String(lost)]))
}
void main()
