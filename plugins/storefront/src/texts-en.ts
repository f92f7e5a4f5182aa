import { speaker } from './speaker.ts'
import type { Texts } from './texts.ts'

const texts: Texts = {
  bonuses: ['bonus', 'bonuses', 'bonuses'],
  forOrder: '{} for this order',
  pay: 'Pay with bonuses',
  mine: 'My bonuses',
  prove: 'Show that it is you: press “Yes” in our bot.',
  open: 'Open Telegram',
  scan: 'or from a phone',
  code: 'Code in Telegram',
  cancel: 'Cancel',
  have: 'You have {}',
  spend: 'Spend {}',
  amount: 'How many bonuses to spend',
  none: 'Bonuses cannot pay for this order.',
  range: 'From 1 to {} bonuses.',
  confirm: 'Confirm in Telegram: spend {}.',
  paid: 'Paid with bonuses: {}',
  voided: 'No bonuses were spent.',
  expired: 'Too late, please try again.',
  failed: 'That did not work, please try again.',
  changed: 'The cart has changed: the bonuses are yours again.',
  leave: 'Sign out',
}

export const speak = speaker('en', texts)
