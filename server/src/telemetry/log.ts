import pino, { type Logger } from 'pino'

export type { Logger }

/** Secrets stand in addresses and headers: neither is ever logged. What is logged are ids. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: pino.stdSerializers.err },
    redact: { paths: ['*.token', '*.secret', '*.password', '*.authorization', 'err.config'], censor: '…' },
  })
}
