import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tapline-breaking-test-'))
const released = readFileSync(join(root, 'openapi/released.json'), 'utf8')

type Contract = {
  paths: Record<string, unknown>
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> }
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function gate(...args: string[]) {
  const done = spawnSync(process.execPath, ['scripts/breaking-changes.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status: done.status, said: done.stdout + done.stderr }
}

function changed(name: string, change: (contract: Contract) => void): string {
  const contract = JSON.parse(released) as Contract
  change(contract)
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(contract))
  return path
}

it('the contract breaks nothing that was released', () => {
  expect(gate()).toMatchObject({ status: 0 })
})

it('a broken contract is refused, and what broke is named', () => {
  const broken = changed('broken.json', ({ paths }) => delete paths['/v1/program'])
  const { status, said } = gate('--current', broken)
  expect(status).toBe(1)
  expect(said).toContain('Path `/v1/program` was removed')
})

it('an addition passes', () => {
  const added = changed('added.json', ({ components }) => {
    const { properties } = components.schemas['Customer'] ?? {}
    if (properties === undefined)
      throw new Error('the contract has no Customer any more; take another schema')
    properties['nickname'] = { type: 'string' }
  })
  expect(gate('--current', added)).toMatchObject({ status: 0 })
})

it('a gate that cannot see says that it is blind instead of passing', () => {
  const config = join(folder, 'redocly.yaml')
  writeFileSync(config, 'extends: [recommended]\n')
  const { status, said } = gate('--config', config)
  expect(status).toBe(1)
  expect(said).toContain('The gate is blind')
  expect(said).toContain('a removed path')
})
