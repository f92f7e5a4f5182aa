import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { COMMANDS } from './commands.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
// Inside the package, so that what it imports is found as when it is installed.
const out = mkdtempSync(join(folder, 'node_modules/built-'))

beforeAll(() => {
  const tsup = fileURLToPath(new URL('../../../node_modules/tsup/dist/cli-default.js', import.meta.url))
  execFileSync(process.execPath, [tsup, '--silent', '--out-dir', out], { cwd: folder })
}, 60_000)
afterAll(() => {
  rmSync(out, { recursive: true, force: true })
})

it('the built command runs by itself and imports the client and signing, nothing else', () => {
  const [file, ...others] = readdirSync(out)
  expect([`./dist/${file}`, others]).toEqual([manifest.bin.tapline, []])
  const code = readFileSync(join(out, file!), 'utf8')
  expect(code).toMatch(/^#!\/usr\/bin\/env node\n/)
  const imported = [...code.matchAll(/^import [^'"]*['"]([^'"]+)['"]/gm)].map(([, name]) => name!)
  const foreign = imported.filter((name) => !name.startsWith('node:') && name !== 'util' && name !== 'crypto')
  expect([...new Set(foreign)].sort()).toEqual(['@tapline/client', '@tapline/signing'])
  expect(Object.keys(manifest.dependencies)).toEqual(['@tapline/client', '@tapline/signing'])
  const args = ['--conditions=tapline-source', '--import', 'tsx', join(out, file!), '--version']
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe(`${manifest.version}\n`)
})

it('what is published names nothing of the repository', () => {
  expect(JSON.stringify(manifest.exports)).not.toContain('tapline-source')
  const root = JSON.parse(readFileSync(join(folder, '../../package.json'), 'utf8')) as { version: string }
  expect(manifest.version).toBe(root.version)
})

it('the README names every command and option', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  for (const [name, { options }] of Object.entries(COMMANDS)) {
    expect(readme).toContain(`tapline ${name}`)
    for (const option of options) expect(readme).toContain(`--${option}`)
  }
})
