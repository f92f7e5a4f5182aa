import type { components } from '@tapline/openapi'
import type { Answer, Shop, Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Page<T> = { data: T[]; nextCursor: string | null }

/** An answer is its body, or a problem with a code. */
export type Told<T> = Answer<T & { code?: string; details?: Record<string, unknown> }>
export type Event = { type: string; customerId: string } & Record<string, unknown>
export type ShopDesk = ReturnType<typeof shopDesk>

export const WAIT = { prefer: 'wait=10' }
export const ANNA = { email: 'anna@example.com' }

/** What a shop does over the API, by name. */
export function shopDesk(tapline: Tapline, shop: Shop) {
  const call = <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    tapline.call<T & { code?: string }>(method, path, shop.secretKey, body, headers) as Promise<Told<T>>
  const post = <T>(path: string, body?: unknown, headers?: Record<string, string>) =>
    call<T>('POST', path, body, headers)
  const idOf = async (contact: object) => (await shop.customer(contact)).id
  const listOf = async <T>(contact: object, what: string) =>
    (await call<Page<T>>('GET', `/v1/customers/${await idOf(contact)}/${what}`)).body.data

  return {
    shop,
    call,
    post,
    idOf,
    put: (orderId: string, state: object) => call<Schemas['Order']>('PUT', `/v1/orders/${orderId}`, state),
    order: async (orderId: string) => (await call<Schemas['Order']>('GET', `/v1/orders/${orderId}`)).body,
    refund: (orderId: string, body?: object, headers?: Record<string, string>) =>
      post<Schemas['Refund']>(`/v1/orders/${orderId}/refunds`, body, headers),
    quote: (body: object) => post<Schemas['Quote']>('/v1/quotes', body),
    hold: (body: object) => post<Schemas['Hold']>('/v1/holds', { customer: ANNA, ...body }),
    capture: (id: string, body?: object) => post<Schemas['Hold']>(`/v1/holds/${id}/capture`, body),
    voidHold: (id: string) => post<Schemas['Hold']>(`/v1/holds/${id}/void`),
    confirm: (id: string) => post<Schemas['Hold']>(`/v1/sandbox/holds/${id}/confirm`),
    holdOf: async (id: string) => (await call<Schemas['Hold']>('GET', `/v1/holds/${id}`)).body,
    spend: (payload: object) =>
      shop.post({ action: 'spend_bonuses', payload: { ...ANNA, ...payload } }) as Promise<
        Told<{ result?: Schemas['Result'] }>
      >,
    adjust: async (amount: string, more: object = {}, headers?: Record<string, string>, contact = ANNA) =>
      post<Schemas['Adjustment']>(
        `/v1/customers/${await idOf(contact)}/adjustments`,
        { amount, reason: 'Late delivery', staff: 'till 2', ...more },
        headers,
      ),
    publish: async (program: Schemas['ProgramInput']) => {
      const answer = await call<Schemas['Program']>('PUT', '/v1/program', program)
      if (answer.status !== 200)
        throw new Error(`The program was refused: ${JSON.stringify([program, answer.body])}`)
      return answer.body
    },
    register: (payload: object) => shop.post({ action: 'register_user', payload }, WAIT),
    bonuses: async (contact: object = ANNA) => (await shop.customer(contact)).bonuses,
    lots: (contact: object = ANNA) => listOf<Schemas['Lot']>(contact, 'lots'),
    entries: async (contact: object = ANNA) =>
      (await listOf<Schemas['Entry']>(contact, 'entries?limit=200')).reverse(),
    explain: (entryId: string, language = 'en') =>
      call<Schemas['Explanation']>('GET', `/v1/entries/${entryId}/explain`, undefined, {
        'accept-language': language,
      }),
    alerts: async () => (await call<Page<Schemas['Alert']>>('GET', '/v1/alerts')).body.data,
    /** What others are told, in the order in which it happened. */
    events: async (type?: string): Promise<Event[]> =>
      (
        await tapline.app.sql.query<{ type: string; payload: Record<string, unknown> }>(
          `select type, payload from outbox_events where project_id = $1 and ($2::text is null or type = $2) order by id`,
          [shop.id, type ?? null],
        )
      ).map(({ type: name, payload }) => ({ ...payload, type: name }) as Event),
    now: async () => Date.parse((await call<Schemas['Clock']>('GET', '/v1/sandbox/clock')).body.now),
    move: async (wish: object) => {
      const answer = await post<Schemas['Clock']>('/v1/sandbox/clock', wish)
      if (answer.status !== 200) throw new Error(`The clock stands: ${JSON.stringify(answer.body)}`)
      return Date.parse(answer.body.now)
    },
    /** Lots, entries and sums of everybody agree, and every chain is whole. */
    problems: async (): Promise<string[]> => {
      const rows = await tapline.app.sql.query<{ id: string }>(
        `select customer_id as id from accounts where project_id = $1`,
        [shop.id],
      )
      const found = await Promise.all(rows.map(({ id }) => tapline.app.loyalty.verifyBooks(shop.id, id)))
      return found.flat().map(({ problem }) => problem)
    },
  }
}

/** Kopecks of a decimal string. */
export function minor(amount: string | null | undefined): number {
  return Math.round(Number(amount) * 100)
}

export function money(amountMinor: number): string {
  return (amountMinor / 100).toFixed(2)
}
