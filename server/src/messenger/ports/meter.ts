import type { TypeName } from '../domain/message-types.ts'

/** What the messenger tells of itself. */
export type MessengerMeter = {
  line(type: TypeName): {
    buffer(stage: string): {
      dropped(reason: 'full' | 'replaced' | 'closed'): void
      waited(ms: number): void
      blocked(ms: number): void
      batch(size: number): void
    }
    ran(stage: string, items: number, ms: number): void
  }
  committed(messages: number, ms: number): void
  gateway(event: GatewayEvent): void
  settled(outcome: string, count: number): void
  refused(code: string): void
}

export type GatewayEvent =
  | { what: 'closed'; reason: string }
  | { what: 'resumed'; result: 'whole' | 'limited' | 'other-epoch' }
  | { what: 'resent'; events: number }
  | { what: 'bad-frame' }
