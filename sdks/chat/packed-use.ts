// A use of every export, as somebody would write it who has only the package; tried with the packed tarball.
import {
  ChatError,
  createChat,
  memoryStorage,
  type Attachment,
  type Backoff,
  type Chat,
  type ChatErrorDetails,
  type ChatEvents,
  type ChatMessage,
  type ChatOptions,
  type ChatSession,
  type ChatStatus,
  type ChatStorage,
  type Conversation,
  type ConversationEvent,
  type Fetch,
  type FileLike,
  type FileOptions,
  type LiveConversation,
  type On,
  type Page,
  type Participant,
  type Position,
  type Receipt,
  type Sending,
  type StatusEvent,
  type Stored,
  type WebSocketClass,
  type WebSocketLike,
} from '@tapline/chat'

/** A socket that says nothing. */
class Silence implements WebSocketLike {
  readyState = 0
  onopen = null
  onmessage = null
  onclose = null
  onerror = null
  send(): void {}
  close(): void {}
}

const storage: ChatStorage = memoryStorage()
const backoff: Backoff = { baseMs: 10, capMs: 20 }
const session: ChatSession = { token: 'st_of_nobody' }
const webSocket: WebSocketClass = Silence
const fetch: Fetch = () =>
  Promise.resolve(Response.json({ code: 'forbidden', detail: 'No.' }, { status: 403 }))
const positions: Position[] = [{ conversationId: 'cnv_1', epoch: 1, sequence: 3 }]
const options: ChatOptions = {
  url: 'https://tapline.test',
  session: () => Promise.resolve(session),
  ...{ storage, backoff, webSocket, fetch, positions },
}
const chat: Chat = createChat(options)

// That of a browser fits as it is.
export const ofBrowser: () => Chat = () =>
  createChat({ url: 'https://tapline.test', publishableKey: 'pk_x', webSocket: WebSocket })

export function show(conversation: LiveConversation): string {
  const last: ChatMessage | undefined = conversation.messages[conversation.messages.length - 1]
  const receipt: Receipt | undefined = conversation.receipts.get('par_1')
  const event: ConversationEvent | undefined = undefined
  // @ts-expect-error a field that no message has
  void last?.subject
  return `${last?.text} ${receipt?.read} ${String(event)}`
}
export const list = (): Promise<Page<Conversation>> => chat.conversations({ status: 'open' })
export const sendFile = (file: FileLike, about: FileOptions): Promise<Attachment> =>
  chat.sendFile('cnv_1', file, about)
export const me = (): Participant | undefined => chat.me

async function main(): Promise<void> {
  const on: On<ChatEvents> = chat.on
  const states: ChatStatus[] = []
  const off = on('status', ({ status }: StatusEvent) => states.push(status))
  const { message, stored }: Sending = chat.send('cnv_1', 'Hello')
  const place: Promise<Stored> = stored
  void place
  const fault: unknown = await chat.connect().catch((error: unknown) => error)
  off()
  const details: ChatErrorDetails = { temporary: true, retryAfterMs: 5 }
  const own = new ChatError('disconnected', 'Of this test.', details)
  const right =
    message.id === null &&
    chat.conversation('cnv_1').messages.length === 1 &&
    chat.positions().length === 1 &&
    states.join() === 'connecting,stopped' &&
    fault instanceof ChatError &&
    fault.code === 'forbidden' &&
    own.temporary
  chat.disconnect()
  console.log(right ? 'ok' : JSON.stringify([message, states, String(fault)]))
}
void main()
