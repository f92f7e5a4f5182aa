import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const [PNPM] = /pnpm@\d+\.\d+\.\d+/.exec(read('scripts/bootstrap.mjs')) ?? []

it.each(['CONTRIBUTING.md', 'Containerfile', 'server/decisions/0001-pins-for-node-20.md'])(
  '%s names the same pnpm as the bootstrap',
  (path) => {
    const named = new Set([...read(path).matchAll(/pnpm@[\d.]*\d/g)].map(([name]) => name))
    expect([...named]).toEqual([PNPM])
  },
)

it('the oldest Node is the one of package.json', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node) ?? []
  expect(read('scripts/bootstrap.mjs')).toContain(`Node ${major}.${minor} or newer`)
})

describe('on a clone', () => {
  let clone: string
  const lock = () => join(clone, 'pnpm-lock.yaml')
  const stamp = () => join(clone, 'node_modules/.modules.yaml')

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'tapline-bootstrap-'))
    mkdirSync(join(clone, 'scripts'))
    mkdirSync(join(clone, 'bin'))
    copyFileSync(join(root, 'scripts/bootstrap.mjs'), join(clone, 'scripts/bootstrap.mjs'))
    writeFileSync(lock(), '')
    npx('mkdir -p node_modules && touch node_modules/.modules.yaml')
  })
  afterEach(() => rmSync(clone, { recursive: true, force: true }))

  /** Stands in for npx: notes its arguments, then does `script`. */
  function npx(script: string) {
    writeFileSync(join(clone, 'bin/npx'), `#!/bin/sh\necho "$@" >> called\n${script}\n`, { mode: 0o755 })
  }

  function bootstrap({ node }: { node?: string } = {}) {
    const fake = `data:text/javascript,Object.defineProperties(process,{versions:{value:{node:'${node}'}},version:{value:'v${node}'}})`
    const done = spawnSync(
      process.execPath,
      [...(node === undefined ? [] : ['--import', fake]), 'scripts/bootstrap.mjs'],
      {
        cwd: clone,
        encoding: 'utf8',
        env: { PATH: [join(clone, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter) },
      },
    )
    const calls = spawnSync('cat', [join(clone, 'called')], { encoding: 'utf8' }).stdout.trim()
    return {
      status: done.status,
      output: done.stdout,
      errors: done.stderr,
      calls: calls.split('\n').filter(Boolean),
    }
  }

  it('installs with the pinned pnpm, exactly what is locked, and only once', () => {
    const first = bootstrap()
    expect(first).toMatchObject({ status: 0, errors: 'Installing dependencies (once) …\n' })
    expect(first.calls).toHaveLength(1)
    expect(first.calls[0]).toMatch(new RegExp(`^-y ${PNPM} install --frozen-lockfile`))
    expect(bootstrap()).toMatchObject({ status: 0, errors: '', calls: first.calls })
  })

  it('installs again when the lock file is newer', () => {
    bootstrap()
    const long = new Date('2020-01-01')
    utimesSync(stamp(), long, long)
    expect(bootstrap().calls).toHaveLength(2)
    expect(bootstrap().calls).toHaveLength(2)
  })

  it('prints nothing where a command prints what others read', () => {
    expect(bootstrap()).toMatchObject({ status: 0, output: '' })
  })

  it('shows why installing failed, and what to do', () => {
    npx('echo ERR_NO_NETWORK; exit 7')
    const { status, errors } = bootstrap()
    expect(status).toBe(7)
    expect(errors).toContain('ERR_NO_NETWORK')
    expect(errors).toContain('The npm registry must be reachable; run the command again when it is.')
  })

  it.each(['18.20.4', '20.18.3'])('refuses Node %s with a sentence', (node) => {
    expect(bootstrap({ node })).toMatchObject({
      status: 1,
      errors: `Tapline needs Node 20.19 or newer; this is v${node}. Install a newer Node and run the command again.\n`,
      calls: [],
    })
  })

  it.each(['20.19.0', '22.0.0', '24.21.0'])('takes Node %s', (node) => {
    expect(bootstrap({ node })).toMatchObject({ status: 0, calls: [expect.stringContaining('install')] })
  })
})
