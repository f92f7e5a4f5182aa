import { findCustomer } from '../customers/find-customer.ts'
import { BASE64, scramble } from '../ids.ts'
import { readContact } from '../read/read-contact.ts'
import { isRefusal, refuse, type Refusal } from '../refusal.ts'
import { DAY_MS, type Shop } from '../state.ts'
import type { Participant, Session } from './chat-state.ts'
import { add, findOfCustomer, ofCustomer } from './participants.ts'
import { move } from './take-part.ts'

/** Who a page's visitor is, by a token that was found good. */
export type Proven = { email?: string; phone?: string; externalId?: string; name?: string }
type Asked = { renewal?: string; name?: string; proven: Proven | undefined }
type Opened = { token: string; session: Session; renewal: string | null; participant: Participant }

const HOUR_MS = 3_600_000
const RENEWAL_DAYS = 180
const LETTERS = BASE64.slice(0, 62)

/** A renewal alone is never more than a visitor's. */
export function openSession(shop: Shop, { renewal, name, proven }: Asked): Opened | Refusal {
  const earlier = earlierVisitor(shop, renewal)
  if (proven === undefined) {
    if (shop.state.chat.settings.requireIdentity) return refuse('identity-required')
    const visitor = earlier ?? add(shop, { kind: 'visitor', name: null })
    visitor.name = name?.trim() ?? visitor.name
    return issue(shop, visitor, 'visitor')
  }
  const customer = become(shop, proven, earlier)
  return isRefusal(customer) ? customer : issue(shop, customer, 'customer')
}

function earlierVisitor({ state, now }: Shop, renewal: string | undefined): Participant | undefined {
  const known = state.chat.renewals.get(renewal ?? '')
  if (known === undefined || known.until <= now()) return undefined
  const participant = state.chat.participants.get(known.participantId)
  return participant?.kind === 'visitor' ? participant : undefined
}

/** What the visitor said before is the customer's from then on. */
function become(shop: Shop, proven: Proven, visitor: Participant | undefined): Participant | Refusal {
  const contact = readContact(proven)
  if (isRefusal(contact)) return contact
  const customerId = findCustomer(shop, contact, true)
  if (isRefusal(customerId)) return customerId
  if (visitor !== undefined && findOfCustomer(shop, customerId) === undefined)
    Object.assign(visitor, { kind: 'customer', customerId })
  const participant = ofCustomer(shop, customerId, proven.name?.trim() || null)
  if (visitor !== undefined && visitor !== participant) move(shop, visitor.id, participant.id)
  return participant
}

function issue(shop: Shop, participant: Participant, kind: Session['kind']): Opened {
  const { sessions, renewals } = shop.state.chat
  const session = { participantId: participant.id, kind, expiresAt: shop.now() + HOUR_MS }
  const token = newToken(shop, 'st_')
  sessions.set(token, session)
  if (kind === 'customer') return { token, session, renewal: null, participant }
  const renewal = newToken(shop, 'sr_')
  renewals.set(renewal, { participantId: participant.id, until: shop.now() + RENEWAL_DAYS * DAY_MS })
  return { token, session, renewal, participant }
}

/** As long as a real one, and another one each time. */
export function newToken(shop: Shop, prefix: string): string {
  return prefix + scramble(43, LETTERS, shop.seed, prefix, shop.newId('token'))
}
