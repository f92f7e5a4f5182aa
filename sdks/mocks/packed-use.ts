// A use of every export, as somebody would write it who has only the package; tried with the packed tarball.
import {
  createEvents,
  createHandlers,
  events,
  scenarios,
  signedWebhookRequest,
  type ContactOf,
  type CreateHandlersOptions,
  type EventFactories,
  type MockCustomer,
  type Mocks,
} from '@tapline/mocks'

const options: CreateHandlersOptions = { baseUrl: 'https://tapline.test' }
const mocks: Mocks = createHandlers(options)
const factories: EventFactories = createEvents({ seed: 7 })
const anna: ContactOf = { email: 'anna@example.com' }

export const known: MockCustomer = { ...anna, available: '100.00' }
export const customer = () => mocks.shop.customer(anna)?.bonuses.available
export const limited = () => scenarios.rateLimited({ baseUrl: 'https://tapline.test', times: 1 })

async function main(): Promise<void> {
  const awarded = events.bonusAwarded({ amount: '100.00' })
  const request = await signedWebhookRequest(awarded, { secret: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz' })
  const isSigned = request.headers.get('webhook-signature')?.startsWith('v1,') === true
  if (isSigned && mocks.handlers.length > 0 && factories.tierChanged().type === 'tier.changed')
    console.log('ok')
}

void main()
