#!/usr/bin/env node
import { run } from './run.ts'

const stopping = new AbortController()
// npm passes on a signal that the terminal has sent to us already, so a second one means no more than the first.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())
// The reader has seen enough, as in `tapline events | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  signal: stopping.signal,
  writeOut: (text) => process.stdout.write(text),
  writeErr: (text) => process.stderr.write(text),
})
