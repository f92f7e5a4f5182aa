// Generated from openapi/ by scripts/generate.mjs.
import type { ListMethod, Method } from '../method.ts'

/** One method for each operation of `/v1` that takes the secret key. */
export interface Methods {
  /**
   * The loyalty rules in force.
   *
   * `GET /v1/program`
   */
  getProgram: Method<'getProgram'>
  /**
   * Publish a new version of the rules.
   *
   * Replaces all the rules: read them first, what is left out takes its default (a new project begins with 5 % and 365 days, which are
   * not the defaults). Orders already seen keep the version that they were counted with.
   *
   * `PUT /v1/program`
   */
  putProgram: Method<'putProgram'>
  /**
   * Find customers.
   *
   * With `email`, `phone` or `externalId` there is one at most; without, all of them, newest first.
   *
   * `GET /v1/customers`
   */
  listCustomers: ListMethod<'listCustomers'>
  /**
   * A customer with bonuses and tier.
   *
   * `GET /v1/customers/{customerId}`
   */
  getCustomer: Method<'getCustomer'>
  /**
   * Forget who a customer is.
   *
   * Contacts, profile, the texts of notices and what requests said of the customer are removed for good, also of those that were
   * merged into it; that cannot be undone. Bonuses and orders stay in the books under the id. A later order with the same contact
   * makes a new customer. Erasing again changes nothing and answers the same.
   *
   * `DELETE /v1/customers/{customerId}`
   */
  eraseCustomer: Method<'eraseCustomer'>
  /**
   * A customer's ledger, newest first.
   *
   * `GET /v1/customers/{customerId}/entries`
   */
  listEntries: ListMethod<'listEntries'>
  /**
   * A customer's bonuses, lot by lot, in the order in which they are spent.
   *
   * `GET /v1/customers/{customerId}/lots`
   */
  listLots: Method<'listLots'>
  /**
   * Make a pending lot spendable now.
   *
   * `POST /v1/customers/{customerId}/lots/{lotId}/activate`
   */
  activateLot: Method<'activateLot'>
  /**
   * Take a pending lot back.
   *
   * `POST /v1/customers/{customerId}/lots/{lotId}/cancel`
   */
  cancelLot: Method<'cancelLot'>
  /**
   * Give or take bonuses by hand.
   *
   * Needs a reason, stands in the audit log, counts against limits. With an Idempotency-Key it happens once.
   *
   * `POST /v1/customers/{customerId}/adjustments`
   */
  adjustBonuses: Method<'adjustBonuses'>
  /**
   * How the amount of a ledger entry came about.
   *
   * `GET /v1/entries/{entryId}/explain`
   */
  explainEntry: Method<'explainEntry'>
  /**
   * What an order would earn and how much bonuses may pay.
   *
   * `POST /v1/quotes`
   */
  quoteOrder: Method<'quoteOrder'>
  /**
   * Everything that is kept of a customer.
   *
   * For a customer who asks. A section holds at most 10,000 rows and says `truncated` when there are more. Raw requests are not
   * part of it: they may name others too.
   *
   * `GET /v1/customers/{customerId}/export`
   */
  exportCustomer: Method<'exportCustomer'>
  /**
   * Merge another customer into this one.
   *
   * All contacts, bonuses and orders of `from` are this customer's afterwards; what this one's profile lacks is taken from `from`.
   * The id of `from` keeps leading here. A customer that was merged itself stands for the one it became part of.
   * `POST /v1/merges/{mergeId}/undo` takes it back.
   *
   * `POST /v1/customers/{customerId}/merge`
   */
  mergeCustomer: Method<'mergeCustomer'>
  /**
   * Merges, newest first, also undone ones.
   *
   * `GET /v1/merges`
   */
  listMerges: ListMethod<'listMerges'>
  /**
   * Part two customers again.
   *
   * What the merge moved goes back; what came since stays with the customer that it came to. Of several merges of a customer the
   * newest is undone first. Undoing again changes nothing and answers the same.
   *
   * `POST /v1/merges/{mergeId}/undo`
   */
  undoMerge: Method<'undoMerge'>
  /**
   * One order and what it earned.
   *
   * `GET /v1/orders/{orderId}`
   */
  getOrder: Method<'getOrder'>
  /**
   * Say how an order stands.
   *
   * The order as full state: tell it whenever it changes, as often as you like and in any order. Bonuses are given, scheduled, taken back and
   * returned by what the whole of it says, once. Late news of an earlier stage change nothing; other totals for the same stage are a conflict.
   * Knowing the order already, `{ "status": "paid" }` is enough.
   *
   * `PUT /v1/orders/{orderId}`
   */
  putOrder: Method<'putOrder'>
  /**
   * Give goods back, whole or in part.
   *
   * By the terms that the order was counted with, not by today's program. Earned bonuses are taken back in proportion, spent ones go back to
   * their lots. Partial refunds add up to the whole to the last unit. A refund that comes before its order waits for it.
   *
   * `POST /v1/orders/{orderId}/refunds`
   */
  refundOrder: Method<'refundOrder'>
  /**
   * Put bonuses aside for an order.
   *
   * They leave the balance at once and come back by themselves at the deadline, or when the hold is voided. The lots they come from cannot expire
   * under them before the deadline. One open hold an order; the same wish again answers with the same hold.
   *
   * `POST /v1/holds`
   */
  createHold: Method<'createHold'>
  /**
   * One hold.
   *
   * `GET /v1/holds/{holdId}`
   */
  getHold: Method<'getHold'>
  /**
   * Spend what is held, all or part.
   *
   * `POST /v1/holds/{holdId}/capture`
   */
  captureHold: Method<'captureHold'>
  /**
   * Free what is held.
   *
   * `POST /v1/holds/{holdId}/void`
   */
  voidHold: Method<'voidHold'>
  /**
   * Who brought whom.
   *
   * `GET /v1/referrals`
   */
  listReferrals: ListMethod<'listReferrals'>
  /**
   * Let a doubted referral count.
   *
   * `POST /v1/referrals/{customerId}/accept`
   */
  acceptReferral: Method<'acceptReferral'>
  /**
   * Turn a doubted referral down.
   *
   * `POST /v1/referrals/{customerId}/reject`
   */
  rejectReferral: Method<'rejectReferral'>
  /**
   * Limits that were reached and referrals that look odd.
   *
   * `GET /v1/alerts`
   */
  listAlerts: ListMethod<'listAlerts'>
  /**
   * Confirm a hold as its customer would.
   *
   * Only in a sandbox: elsewhere the customer does it himself.
   *
   * `POST /v1/sandbox/holds/{holdId}/confirm`
   */
  confirmSandboxHold: Method<'confirmSandboxHold'>
  /**
   * The log of the door, newest first.
   *
   * `GET /v1/inbox`
   */
  listInbox: ListMethod<'listInbox'>
  /**
   * One request and what became of it.
   *
   * `GET /v1/inbox/{inboxItemId}`
   */
  getInboxItem: Method<'getInboxItem'>
  /**
   * Try a dead or refused item again.
   *
   * `POST /v1/inbox/{inboxItemId}/replay`
   */
  replayInboxItem: Method<'replayInboxItem'>
  /**
   * Are the books whole.
   *
   * Every night at about three in the project's time zone all books are read again: each customer's chain of hashes, each lot against its
   * entries, each account against its lots, and each head that the checkpoint before named. The run ends with a new signed checkpoint.
   * A broken book keeps its last sound head in the checkpoints, and is told again every night until it is repaired.
   *
   * `GET /v1/books/proof`
   */
  getBookProof: Method<'getBookProof'>
  /**
   * Prove the books now.
   *
   * While a run is under way, it starts no second one.
   *
   * `POST /v1/books/proof`
   */
  proveBooks: Method<'proveBooks'>
  /**
   * Signed checkpoints of the books, newest first.
   *
   * Keep them, or their signatures, outside of this installation: whoever owns its database can take the newest ones away together with the
   * entries after them, and only a copy elsewhere shows that.
   *
   * `GET /v1/books/checkpoints`
   */
  listCheckpoints: ListMethod<'listCheckpoints'>
  /**
   * The heads that a checkpoint was made of.
   *
   * With them anybody can compute the checkpoint's root and verify its signature:
   *
   * 1. Read all pages. The heads come in ascending order of `customerId`, compared byte by byte; there are `accounts` of them, and their
   *    sequences add up to `entries`.
   * 2. A leaf is SHA-256 of one byte 0 and the UTF-8 bytes of `customerId:sequence:hash`, for example `cus_01JD…:3:9f86d0…`. The hash of a
   *    customer without entries is empty, the sequence 0: `cus_01JD…:0:`.
   * 3. The root is the Merkle tree hash of RFC 6962, section 2.1, in lower-case hexadecimal: of one leaf, the leaf; of n leaves, SHA-256 of
   *    one byte 1, the 32 bytes of the hash of the first k, and the 32 bytes of the hash of the others, where k is the largest power of two that
   *    is smaller than n; of none, SHA-256 of nothing.
   * 4. The signature (base64) is Ed25519 over these lines in UTF-8, each ended by one line feed (0x0A), the last one too; the values are those of
   *    the checkpoint, `takenAt` as in `2026-01-31T03:00:00.000Z`, and `-` where `previousRoot` is null:
   *
   * ```
   * tapline-checkpoint-1
   * project {projectId}
   * checkpoint {id}
   * number {number}
   * taken-at {takenAt}
   * accounts {accounts}
   * entries {entries}
   * problems {problemsCount}
   * root {root}
   * previous-root {previousRoot}
   * ```
   *
   * 5. Checkpoint n names the root of checkpoint n - 1 as its `previousRoot`. A customer that checkpoint n - 1 names stands in checkpoint n too,
   *    and its sequence never falls. `GET /v1/customers/{customerId}/entries` has the entry of that sequence, with that hash.
   *
   * `GET /v1/books/checkpoints/{checkpointId}/heads`
   */
  listCheckpointHeads: ListMethod<'listCheckpointHeads'>
  /**
   * The project's bot.
   *
   * `GET /v1/integrations/telegram`
   */
  getTelegram: Method<'getTelegram'>
  /**
   * Connect the project's bot.
   *
   * The token is tried with Telegram first, then kept encrypted and never shown again.
   *
   * `PUT /v1/integrations/telegram`
   */
  putTelegram: Method<'putTelegram'>
  /**
   * Disconnect the project's bot.
   *
   * `DELETE /v1/integrations/telegram`
   */
  deleteTelegram: Method<'deleteTelegram'>
  /**
   * Who is told of trouble.
   *
   * The Telegram chat that the project's bot tells when a webhook endpoint fails or is switched off, a limit is reached or the books do not add up.
   * Its owner must have written to the bot first. `null` for nobody.
   *
   * `PUT /v1/integrations/telegram/owner`
   */
  putTelegramOwner: Method<'putTelegramOwner'>
  /**
   * What happened, kept for 30 days.
   *
   * `GET /v1/events`
   */
  listEvents: ListMethod<'listEvents'>
  /**
   * Have a sample event sent to everybody who wants its type.
   *
   * Marked `test: true`; for trying a receiver. It changes nothing.
   *
   * `POST /v1/events`
   */
  triggerEvent: Method<'triggerEvent'>
  /**
   * One event.
   *
   * `GET /v1/events/{eventId}`
   */
  getEvent: Method<'getEvent'>
  /**
   * Send one event again.
   *
   * To one endpoint, or to every enabled one that wants its type.
   *
   * `POST /v1/events/{eventId}/replay`
   */
  replayEvent: Method<'replayEvent'>
  /**
   * Events as they happen, oldest first.
   *
   * For programs that cannot be reached from outside, such as a laptop. Ask again with `position` of the answer; nothing is missed in between.
   * Without `after` it begins now: the answer is empty at once and says where.
   *
   * `GET /v1/event-feed`
   */
  followEvents: ListMethod<'followEvents'>
  /**
   * Where events are sent to.
   *
   * `GET /v1/webhook-endpoints`
   */
  listWebhookEndpoints: ListMethod<'listWebhookEndpoints'>
  /**
   * Have events sent to an address.
   *
   * Each event is an HTTP POST, signed by [Standard Webhooks](https://www.standardwebhooks.com) with the secret of this answer; `@tapline/signing` verifies it.
   * 2xx within 15 seconds is success. Everything else is tried again after 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each half to wholly waited, or after the answer's `Retry-After` when that is later.
   * At most 20 endpoints a project.
   *
   * Not sent again by itself when there was no answer: the secret is shown once.
   *
   * `POST /v1/webhook-endpoints`
   */
  createWebhookEndpoint: Method<'createWebhookEndpoint'>
  /**
   * One endpoint and how it fares.
   *
   * `GET /v1/webhook-endpoints/{endpointId}`
   */
  getWebhookEndpoint: Method<'getWebhookEndpoint'>
  /**
   * Change, disable or enable an endpoint.
   *
   * While it is disabled, its events are held, and go out when it is enabled again.
   *
   * `PATCH /v1/webhook-endpoints/{endpointId}`
   */
  updateWebhookEndpoint: Method<'updateWebhookEndpoint'>
  /**
   * Remove an endpoint.
   *
   * Its deliveries and their log go with it; the events stay.
   *
   * `DELETE /v1/webhook-endpoints/{endpointId}`
   */
  deleteWebhookEndpoint: Method<'deleteWebhookEndpoint'>
  /**
   * Replace the secret of an endpoint.
   *
   * Both secrets sign until the older one ends. While that lasts, a second rotation is refused (409 `rotation-in-progress`) unless forced, which ends the older ones at once.
   *
   * Not sent again by itself when there was no answer: the secret is shown once.
   *
   * `POST /v1/webhook-endpoints/{endpointId}/secret/rotate`
   */
  rotateWebhookSecret: Method<'rotateWebhookSecret'>
  /**
   * Send a sample event to an endpoint.
   *
   * Marked `test: true`. It goes out at once, also to an endpoint that is failing or does not want its type; not to a disabled one.
   *
   * `POST /v1/webhook-endpoints/{endpointId}/test`
   */
  testWebhookEndpoint: Method<'testWebhookEndpoint'>
  /**
   * Send many events again.
   *
   * In the background, at a pace that the endpoint and new events can bear. The ids are those of the first time.
   *
   * `POST /v1/webhook-endpoints/{endpointId}/replay`
   */
  replayToWebhookEndpoint: Method<'replayToWebhookEndpoint'>
  /**
   * The log of what was sent.
   *
   * `GET /v1/webhook-deliveries`
   */
  listWebhookDeliveries: ListMethod<'listWebhookDeliveries'>
  /**
   * One delivery with its attempts.
   *
   * `GET /v1/webhook-deliveries/{deliveryId}`
   */
  getWebhookDelivery: Method<'getWebhookDelivery'>
  /**
   * Send one delivery again.
   *
   * Now, with all attempts before it again. 409 `endpoint-disabled` while its endpoint is disabled.
   *
   * `POST /v1/webhook-deliveries/{deliveryId}/replay`
   */
  replayWebhookDelivery: Method<'replayWebhookDelivery'>
  /**
   * Replays and how far they are.
   *
   * `GET /v1/webhook-replays`
   */
  listWebhookReplays: ListMethod<'listWebhookReplays'>
  /**
   * How far a replay is.
   *
   * `GET /v1/webhook-replays/{replayId}`
   */
  getWebhookReplay: Method<'getWebhookReplay'>
  /**
   * Get a ticket for the socket.
   *
   * The socket, `GET /v1/socket`, speaks the frames `ClientFrame` and `ServerFrame`; the first one is `hello` with the ticket, so that no token stands in an address.
   *
   * `POST /v1/socket-tickets`
   */
  createSocketTicket: Method<'createSocketTicket'>
  /**
   * Conversations, the last active first.
   *
   * A session sees its own ones; agents and backends those of the project.
   *
   * `GET /v1/conversations`
   */
  listConversations: ListMethod<'listConversations'>
  /**
   * Begin a conversation.
   *
   * `POST /v1/conversations`
   */
  createConversation: Method<'createConversation'>
  /**
   * One conversation.
   *
   * `GET /v1/conversations/{conversationId}`
   */
  getConversation: Method<'getConversation'>
  /**
   * Close, open or rename a conversation.
   *
   * `PATCH /v1/conversations/{conversationId}`
   */
  updateConversation: Method<'updateConversation'>
  /**
   * Messages, the newest first.
   *
   * `GET /v1/conversations/{conversationId}/messages`
   */
  listMessages: ListMethod<'listMessages'>
  /**
   * Say something.
   *
   * The answer says that it is stored. Repeat it with the same `clientId` when there was none: it is said once.
   *
   * `POST /v1/conversations/{conversationId}/messages`
   */
  sendMessage: Method<'sendMessage'>
  /**
   * Change what was said.
   *
   * By its sender only.
   *
   * `PATCH /v1/conversations/{conversationId}/messages/{messageId}`
   */
  editMessage: Method<'editMessage'>
  /**
   * Take back what was said.
   *
   * By its sender, or by agents and backends. Its text is gone for good.
   *
   * `DELETE /v1/conversations/{conversationId}/messages/{messageId}`
   */
  deleteMessage: Method<'deleteMessage'>
  /**
   * React to a message.
   *
   * `PUT /v1/conversations/{conversationId}/messages/{messageId}/reactions/{emoji}`
   */
  addReaction: Method<'addReaction'>
  /**
   * Take a reaction back.
   *
   * `DELETE /v1/conversations/{conversationId}/messages/{messageId}/reactions/{emoji}`
   */
  removeReaction: Method<'removeReaction'>
  /**
   * What happened after a sequence.
   *
   * `GET /v1/conversations/{conversationId}/events`
   */
  listConversationEvents: Method<'listConversationEvents'>
  /**
   * Who takes part.
   *
   * `GET /v1/conversations/{conversationId}/participants`
   */
  listParticipants: Method<'listParticipants'>
  /**
   * Bring somebody in.
   *
   * `POST /v1/conversations/{conversationId}/participants`
   */
  addParticipant: Method<'addParticipant'>
  /**
   * Take somebody out.
   *
   * `DELETE /v1/conversations/{conversationId}/participants/{participantId}`
   */
  removeParticipant: Method<'removeParticipant'>
  /**
   * Say up to where you have read.
   *
   * `PUT /v1/conversations/{conversationId}/read-mark`
   */
  markRead: Method<'markRead'>
  /**
   * Announce a file.
   *
   * The message of the file takes its place in the conversation when the file has arrived, not before.
   * The same `clientId` again answers with the same attachment.
   *
   * `POST /v1/conversations/{conversationId}/attachments`
   */
  createAttachment: Method<'createAttachment'>
  /**
   * A file and where to load it.
   *
   * `GET /v1/conversations/{conversationId}/attachments/{attachmentId}`
   */
  getAttachment: Method<'getAttachment'>
  /**
   * Say that the file is uploaded.
   *
   * Not needed where the storage tells by itself; harmless again. 409 `attachment-not-uploaded` when nothing is there yet.
   *
   * `POST /v1/conversations/{conversationId}/attachments/{attachmentId}/confirm`
   */
  confirmAttachment: Method<'confirmAttachment'>
  /**
   * Get the participant of a customer or bot.
   *
   * To speak for it, or to bring it into a conversation.
   *
   * `POST /v1/chat-participants`
   */
  createParticipant: Method<'createParticipant'>
  /**
   * How the chat behaves.
   *
   * `GET /v1/chat-settings`
   */
  getChatSettings: Method<'getChatSettings'>
  /**
   * Set how the chat behaves.
   *
   * `PUT /v1/chat-settings`
   */
  putChatSettings: Method<'putChatSettings'>
  /**
   * What could not be delivered.
   *
   * `GET /v1/chat-dead-letters`
   */
  listChatDeadLetters: ListMethod<'listChatDeadLetters'>
  /**
   * Push many messages.
   *
   * They are taken in as fast as the messenger has room, in this order for each conversation. Queued is not stored: what a lost queue may lose, send again; a
   * message whose `clientId` is there already is not said twice. What is refused stands among the dead letters.
   *
   * `POST /v1/message-batches`
   */
  pushMessages: Method<'pushMessages'>
  /**
   * The support team.
   *
   * `GET /v1/agents`
   */
  listAgents: ListMethod<'listAgents'>
  /**
   * Add an agent.
   *
   * Not sent again by itself when there was no answer: the secret is shown once.
   *
   * `POST /v1/agents`
   */
  createAgent: Method<'createAgent'>
  /**
   * One agent.
   *
   * `GET /v1/agents/{agentId}`
   */
  getAgent: Method<'getAgent'>
  /**
   * Change an agent.
   *
   * `PATCH /v1/agents/{agentId}`
   */
  updateAgent: Method<'updateAgent'>
  /**
   * Remove an agent.
   *
   * `DELETE /v1/agents/{agentId}`
   */
  deleteAgent: Method<'deleteAgent'>
  /**
   * Replace an agent's token.
   *
   * Not sent again by itself when there was no answer: the secret is shown once.
   *
   * `POST /v1/agents/{agentId}/token/rotate`
   */
  rotateAgentToken: Method<'rotateAgentToken'>
  /**
   * What time a sandbox has.
   *
   * A project that is no sandbox is refused with `sandbox-only`.
   *
   * `GET /v1/sandbox/clock`
   */
  getSandboxClock: Method<'getSandboxClock'>
  /**
   * Move a sandbox's clock forward.
   *
   * Bonuses become spendable and expire by the project's clock, so that a year of them can be tried in a minute. Send exactly one of the three.
   *
   * Time only goes forward, and is never set back or reset: the ledger keeps the order in which things happened. For another beginning create
   * another sandbox. Moves at the same time add up. At most a hundred years ahead of the real time; further is `clock-too-far`.
   * A project that is no sandbox is refused with `sandbox-only`.
   *
   * `POST /v1/sandbox/clock`
   */
  moveSandboxClock: Method<'moveSandboxClock'>
}

/** What `readOperations` reads. */
export const OPERATIONS = `program get@ PUTput@
customers list@*
customers/: get. DELETEerase.
customers/:/entries list@*
customers/:/lots list@
customers/:/lots/:/activate POSTactivateLot
customers/:/lots/:/cancel POSTcancelLot
customers/:/adjustments POSTadjustBonuses
entries/:/explain explainEntry
quotes POSTquoteOrder
customers/:/export exportCustomer
customers/:/merge POSTmergeCustomer
merges list@*
merges/:/undo POSTundoMerge
orders/: get. PUTput.?storefront
orders/:/refunds POSTrefundOrder?storefront
holds POSTcreate.
holds/: get.
holds/:/capture POSTcaptureHold
holds/:/void POSTvoidHold
referrals list@*
referrals/{customerId}/accept POSTacceptReferral
referrals/{customerId}/reject POSTrejectReferral
alerts list@*
sandbox/holds/:/confirm POSTconfirmSandboxHold
inbox list@*
inbox/{inboxItemId} getInboxItem
inbox/{inboxItemId}/replay POSTreplayInboxItem
books/proof getBook@ POSTproveBooks
books/checkpoints list@*
books/checkpoints/:/heads listCheckpoint@*
integrations/telegram get@ PUTput@ DELETEdelete@
integrations/telegram/owner PUTputTelegram@
events list@* POSTtrigger.
events/: get.
events/:/replay POSTreplayEvent
event-feed followEvents>
webhook-endpoints list@* POSTcreate.!
webhook-endpoints/: get. PATCHupdate. DELETEdelete.
webhook-endpoints/:/secret/rotate POSTrotateWebhookSecret!
webhook-endpoints/:/test POSTtestWebhookEndpoint
webhook-endpoints/:/replay POSTreplayToWebhookEndpoint
webhook-deliveries list@*
webhook-deliveries/: get.
webhook-deliveries/:/replay POSTreplayWebhookDelivery
webhook-replays list@*
webhook-replays/: get.
socket-tickets POSTcreate.
conversations list@* POSTcreate.
conversations/: get. PATCHupdate.
conversations/:/messages list@* POSTsend.
conversations/:/messages/: PATCHedit.?senderId DELETEdelete.
conversations/:/messages/:/reactions/{emoji} PUTaddReaction?senderId DELETEremoveReaction
conversations/:/events listConversation@
conversations/:/participants list@ POSTadd.
conversations/:/participants/: DELETEremove.
conversations/:/read-mark PUTmarkRead?senderId
conversations/:/attachments POSTcreate.
conversations/:/attachments/: get.
conversations/:/attachments/:/confirm POSTconfirmAttachment
chat-participants POSTcreateParticipant
chat-settings get@ PUTput@
chat-dead-letters list@*
message-batches POSTpushMessages
agents list@* POSTcreate.!
agents/: get. PATCHupdate. DELETEdelete.
agents/:/token/rotate POSTrotateAgentToken!
sandbox/clock getSandbox@ POSTmoveSandbox@`
