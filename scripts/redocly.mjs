// Runs Redocly's command from this repository, quietly: what it printed is shown only when it fails.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

export function redocly(args, { expectFailure = false } = {}) {
  const done = spawnSync(join(root, 'node_modules/.bin/redocly'), args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  if (done.status !== 0 && !expectFailure) {
    throw new Error(`redocly ${args.join(' ')} failed:\n${done.stdout}${done.stderr}`)
  }
  return done
}
