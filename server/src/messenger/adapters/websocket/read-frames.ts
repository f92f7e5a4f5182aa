import type { components } from '@tapline/openapi'
import { FRAME_VALIDATORS } from '@tapline/openapi/frame-validators'

export type ClientFrame = components['schemas']['ClientFrame']

/** `fatal`: no client of this protocol says that; the connection ends. Otherwise the frame alone is refused. */
export type BadFrame = { bad: string; id: number | null; fatal: boolean }

export const FRAMES_PER_MESSAGE = 64
export const SIGNAL_BYTES = 16 * 1_024

type Validator = ((value: unknown) => boolean) & {
  errors?: { instancePath: string; message?: string }[] | null
}
const VALIDATORS = new Map<unknown, Validator>(Object.entries(FRAME_VALIDATORS) as [string, Validator][])

/** One frame, or an array of them. */
export function readFrames(text: string): (ClientFrame | BadFrame)[] {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return [fatal('a socket message must be JSON')]
  }
  if (!Array.isArray(said)) return [readFrame(said)]
  if (said.length > FRAMES_PER_MESSAGE)
    return [fatal(`a socket message holds at most ${FRAMES_PER_MESSAGE} frames`)]
  return said.map(readFrame)
}

export function isBad(frame: ClientFrame | BadFrame): frame is BadFrame {
  return 'bad' in frame
}

function readFrame(said: unknown): ClientFrame | BadFrame {
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return fatal('a frame must be an object')
  const { type, id } = said as { type?: unknown; id?: unknown }
  const validate = VALIDATORS.get(type)
  const named = typeof id === 'number' && Number.isSafeInteger(id) ? id : null
  // Of a newer client: it will find out that this server does not know it.
  if (validate === undefined)
    return { bad: `there is no frame "${String(type).slice(0, 40)}"`, id: named, fatal: false }
  if (validate(said)) return said as ClientFrame
  const [error] = validate.errors ?? []
  return {
    bad: `${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`.trim(),
    id: named,
    fatal: false,
  }
}

function fatal(bad: string): BadFrame {
  return { bad, id: null, fatal: true }
}
