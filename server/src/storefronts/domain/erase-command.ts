import type { Command } from './command.ts'

/** What may stay when the customer is to be forgotten: ids, amounts and goods, so that the order coming again is known. */
export function eraseCommand(command: Command): Command {
  switch (command.kind) {
    case 'purchase': {
      const { name: _name, description: _description, utm: _utm, ...rest } = command
      return { ...rest, contact: {} }
    }
    case 'register':
      return { kind: 'register', contact: {} }
    case 'refund': {
      const { reason: _reason, ...rest } = command
      return { ...rest, contact: {} }
    }
    case 'spend':
      return { ...command, contact: {} }
  }
}
