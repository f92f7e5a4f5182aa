import type { Command, Contact } from './command.ts'

const ACTIONS = {
  purchase: 'purchase',
  register: 'register_user',
  spend: 'spend_bonuses',
  refund: 'refund',
} as const

export type CommandItem = {
  action: (typeof ACTIONS)[Command['kind']]
  command: Command
  contacts: string[]
  storefront?: string
  orderId?: string
  claimKey?: string
}

/** A command as a row of the inbox: whom it is about, and what it claims. A registration claims nothing: it may come again. */
export function itemOf(command: Command): CommandItem {
  const action = ACTIONS[command.kind]
  const contacts = contactKeys(command.contact)
  if (command.kind === 'register') return { action, command, contacts }
  const { storefront, orderId } = command
  return { action, command, contacts, storefront, orderId, claimKey: claimOf(command) }
}

/** An order can be bought and paid for once; of its refunds, each once. */
function claimOf(command: Exclude<Command, { kind: 'register' }>): string {
  const order = `${command.kind}:${command.storefront}:${command.orderId}`
  // Escaped: an order id may have colons too, and what follows the last one must be the refund's.
  return command.kind === 'refund' ? `${order}:${encodeURIComponent(command.refundId)}` : order
}

function contactKeys(contact: Contact = {}): string[] {
  return Object.entries(contact).flatMap(([kind, value]) => (value === undefined ? [] : [`${kind}:${value}`]))
}
