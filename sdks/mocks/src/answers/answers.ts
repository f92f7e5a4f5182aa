import { contract, type OperationId, type ServedId } from '../contract/contract.ts'
import { exampleOf } from '../contract/example-of.ts'
import type { AnyReply, AnyRequest, Answer } from '../http/request.ts'
import type { Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'
import * as agents from './agent-answers.ts'
import * as attachments from './attachment-answers.ts'
import * as conversations from './conversation-answers.ts'
import * as customers from './customer-answers.ts'
import * as endpoints from './endpoint-answers.ts'
import * as events from './event-answers.ts'
import * as holds from './hold-answers.ts'
import * as inbox from './inbox-answers.ts'
import * as me from './me-answers.ts'
import * as orders from './order-answers.ts'
import * as program from './program-answers.ts'
import * as sessions from './session-answers.ts'

/** What the small shop does not model: each is answered with an example that fits the contract, always the same. */
export const EXAMPLES = [
  'updateMe',
  'getMyRequest',
  'rateMyRequest',
  'takeMyPromoCode',
  'countPromoCodes',
  'importPromoCodes',
  'getPage',
  'getPageSettings',
  'putPageSettings',
  'eraseCustomer',
  'exportCustomer',
  'mergeCustomer',
  'listMerges',
  'undoMerge',
  'explainEntry',
  'listReferrals',
  'acceptReferral',
  'rejectReferral',
  'listAlerts',
  'replayInboxItem',
  'getBookProof',
  'proveBooks',
  'listCheckpoints',
  'listCheckpointHeads',
  'getTelegram',
  'putTelegram',
  'deleteTelegram',
  'putTelegramOwner',
  'putTelegramAgentsGroup',
  'getTelegramTexts',
  'putTelegramTexts',
  'createTelegramLink',
  'getTodoist',
  'putTodoist',
  'deleteTodoist',
  'listTickets',
  'getTicket',
  'updateTicket',
  'takeTicket',
  'mergeTicket',
  'addTicketNote',
  'getTicketHistory',
  'getSupportSettings',
  'putSupportSettings',
  'getSupportReport',
  'exportSupportReport',
  'exportTickets',
  'banParticipant',
  'unbanParticipant',
  'listProjects',
  'createProject',
  'getProject',
  'updateProject',
  'rotateSecret',
  'listAudit',
  'receiveStorageEvents',
  'getHealth',
  'getReadiness',
] as const satisfies OperationId[]

type Modelled = { [Id in Exclude<ServedId, (typeof EXAMPLES)[number]>]: Answer<Id> }
export type AnyAnswer = (shop: Shop, request: AnyRequest) => AnyReply | Refusal

const { sample: _sample, ...eventAnswers } = events
const { amountInvalid: _amountInvalid, ...orderAnswers } = orders
const { publish: _publish, ...programAnswers } = program

/** An operation of the contract that is neither here nor among the examples does not compile. */
const MODELLED = {
  ...agents,
  ...attachments,
  ...conversations,
  ...customers,
  ...endpoints,
  ...eventAnswers,
  ...holds,
  ...inbox,
  ...me,
  ...orderAnswers,
  ...programAnswers,
  ...sessions,
} satisfies Modelled

/** How each operation but the door is answered. */
export const ANSWERS = {
  ...(MODELLED as unknown as Record<string, AnyAnswer>),
  ...Object.fromEntries(EXAMPLES.map((id) => [id, exampleAnswer(id)])),
} as Record<ServedId, AnyAnswer>

function exampleAnswer(operationId: OperationId): AnyAnswer {
  return () => {
    const { status, schema } = contract.operations[operationId].answer
    return schema === null ? { status } : { status, body: exampleOf(schema) }
  }
}
