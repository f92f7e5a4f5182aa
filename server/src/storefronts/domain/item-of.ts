import type { Command, Contact } from './command.ts'

const ACTIONS = { purchase: 'purchase', register: 'register_user', spend: 'spend_bonuses' } as const

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
  return {
    action,
    command,
    contacts,
    storefront,
    orderId,
    claimKey: `${command.kind}:${storefront}:${orderId}`,
  }
}

function contactKeys(contact: Contact): string[] {
  return Object.entries(contact).flatMap(([kind, value]) => (value === undefined ? [] : [`${kind}:${value}`]))
}
