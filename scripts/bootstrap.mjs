// Brings the exact pnpm and installs, when node_modules is missing or older than the lock file. No dependencies.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@10.34.9'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Tapline needs Node 20.19 or newer; this is ${process.version}. Install a newer Node and run the command again.`,
  )
  process.exit(1)
}

const stamp = join(root, 'node_modules', '.modules.yaml')
const lock = join(root, 'pnpm-lock.yaml')
const fresh = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs
if (!fresh) {
  console.error('Installing dependencies (once) …')
  const args = ['-y', PNPM, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
  const done = spawnSync('npx', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (done.status !== 0) {
    console.error(done.stdout ?? '')
    console.error(
      `Installing failed (npx ${args.join(' ')}). The npm registry must be reachable; run the command again when it is.`,
    )
    process.exit(done.status ?? 1)
  }
  const now = new Date()
  utimesSync(stamp, now, now)
}
