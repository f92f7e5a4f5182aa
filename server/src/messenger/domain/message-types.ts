/** Never dropped and acknowledged only when stored · only the newest counts · may be lost. */
export type DeliveryClass = 'durable' | 'latest-wins' | 'lossy'

export type StageName =
  | 'authorize'
  | 'charge'
  | 'moderate'
  | 'persist'
  | 'change'
  | 'acknowledge'
  | 'remember'
  | 'deliver'
  | 'answer'
  | 'forget-repeats'
  | 'hand-on'
  | 'record'
  | 'read-history'
  | 'report'

export type MessageType = {
  delivery: DeliveryClass
  /** The stages in their order; those with a question mark are there only where the project wants them. */
  route: readonly (StageName | `${StageName}?`)[]
  buffer: {
    items: number
    bytes: number
    overflow: 'wait' | 'drop-newest' | 'drop-oldest' | 'latest-by-key' | 'reject'
  }
  /** Conversations are spread over so many lines, by their hash; each line is strictly in order. */
  lines: number
  /** Credits. */
  cost: number
}

const MB = 1_048_576
const COMMAND = {
  delivery: 'durable',
  route: ['authorize', 'charge', 'moderate?', 'change', 'acknowledge', 'remember', 'deliver'],
  buffer: { items: 500, bytes: 2 * MB, overflow: 'wait' },
  lines: 2,
  cost: 1,
} as const satisfies MessageType

/**
 * Every type of message and the way it goes. A new type is a line here and, where no stage does its work yet, a file with
 * that stage; a bad line stops the start.
 */
export const MESSAGE_TYPES = {
  chat: {
    delivery: 'durable',
    route: ['authorize', 'charge', 'moderate?', 'persist', 'acknowledge', 'remember', 'deliver', 'answer?'],
    buffer: { items: 1_000, bytes: 8 * MB, overflow: 'wait' },
    lines: 4,
    cost: 1,
  },
  attachment: {
    delivery: 'durable',
    // Paid for when it was announced.
    route: ['authorize', 'moderate?', 'persist', 'acknowledge', 'remember', 'deliver', 'answer?'],
    buffer: { items: 500, bytes: 4 * MB, overflow: 'wait' },
    lines: 1,
    cost: 5,
  },
  edit: COMMAND,
  react: { ...COMMAND, route: ['authorize', 'charge', 'change', 'acknowledge', 'remember', 'deliver'] },
  delete: { ...COMMAND, route: ['authorize', 'charge', 'change', 'acknowledge', 'remember', 'deliver'] },
  signal: {
    delivery: 'lossy',
    route: ['authorize', 'charge', 'forget-repeats', 'acknowledge', 'hand-on'],
    buffer: { items: 2_000, bytes: 8 * MB, overflow: 'drop-oldest' },
    lines: 1,
    cost: 0.1,
  },
  typing: {
    delivery: 'lossy',
    route: ['authorize', 'hand-on'],
    buffer: { items: 1_000, bytes: MB, overflow: 'drop-newest' },
    lines: 1,
    cost: 0,
  },
  receipt: {
    delivery: 'latest-wins',
    route: ['authorize', 'record', 'hand-on'],
    buffer: { items: 50_000, bytes: 16 * MB, overflow: 'latest-by-key' },
    lines: 1,
    cost: 0,
  },
  presence: {
    delivery: 'latest-wins',
    route: ['hand-on'],
    buffer: { items: 20_000, bytes: 8 * MB, overflow: 'latest-by-key' },
    lines: 1,
    cost: 0,
  },
  history: {
    delivery: 'lossy',
    route: ['authorize', 'charge', 'read-history'],
    buffer: { items: 4_000, bytes: 4 * MB, overflow: 'reject' },
    lines: 2,
    cost: 0.2,
  },
  monitoring: {
    delivery: 'lossy',
    route: ['report'],
    buffer: { items: 1_000, bytes: MB, overflow: 'drop-newest' },
    lines: 1,
    cost: 0,
  },
} as const satisfies Record<string, MessageType>

export type TypeName = keyof typeof MESSAGE_TYPES
