import { keyOfCode } from './loyalty/domain/reservation.ts'
import type { Task } from './loyalty/decide-slice.ts'
import type { Command } from './storefronts/domain/command.ts'

/** The storefronts' canonical command as loyalty's task: the one place where the two vocabularies meet. */
export function taskOfCommand(stored: unknown): Task {
  const command = stored as Command
  switch (command.kind) {
    case 'purchase': {
      const { contact, storefront, orderId, amountMinor, currency, lines, paid, referralCode } = command
      const { name, description, promoCode, discountMinor, reservation, afterDiscount, utm } = command
      const notes = Object.fromEntries(
        Object.entries({ description, promoCode, discountMinor, utm }).filter(
          ([, note]) => note !== undefined,
        ),
      )
      return {
        contact,
        referralCode: codeOf(referralCode),
        profile: name === undefined && utm === undefined ? undefined : { name, utm },
        command: {
          kind: 'purchase',
          storefront,
          orderId,
          facts: { amountMinor, currency, lines },
          paid,
          told: {
            code: keyOfCode(reservation),
            promoCode: keyOfCode(promoCode),
            discountMinor,
            isAfterDiscount: afterDiscount === true,
          },
          flags: [],
          notes,
        },
      }
    }
    case 'register': {
      const { contact, name, birthday, telegramId, locale, referralCode, utm } = command
      return {
        contact,
        referralCode: codeOf(referralCode),
        profile: { name, birthday, telegramId, locale, utm },
        command: { kind: 'register' },
      }
    }
    case 'spend': {
      const { contact, storefront, orderId, amountMinor, orderAmountMinor } = command
      return { contact, command: { kind: 'spend', storefront, orderId, amountMinor, orderAmountMinor } }
    }
    case 'refund': {
      const { contact, storefront, orderId, refundId, amountMinor, lines, reason } = command
      return {
        contact,
        command: { kind: 'refund', storefront, orderId, refundId, amountMinor, lines, reason },
      }
    }
  }
}

/** Codes are typed by people. */
function codeOf(code: string | undefined): string | undefined {
  return code?.trim().toUpperCase()
}
