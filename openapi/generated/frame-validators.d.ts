// Generated from openapi/ by scripts/generate.mjs.
import type { components } from './types.ts'
import type { SchemaError } from './door-validators.js'

type Validator<T> = ((value: unknown) => value is T) & { errors?: SchemaError[] | null }
type Schemas = components['schemas']

/** By the type of a client's frame. */
export declare const FRAME_VALIDATORS: {
  hello: Validator<Schemas['HelloFrame']>
  send: Validator<Schemas['SendFrame']>
  edit: Validator<Schemas['EditFrame']>
  delete: Validator<Schemas['DeleteFrame']>
  react: Validator<Schemas['ReactFrame']>
  signal: Validator<Schemas['SignalFrame']>
  typing: Validator<Schemas['TypingFrame']>
  received: Validator<Schemas['ReceivedFrame']>
  read: Validator<Schemas['ReadFrame']>
  sync: Validator<Schemas['SyncFrame']>
  pong: Validator<Schemas['PongFrame']>
}
