// Fails when the contract breaks what was released. First it proves that it can see: known breaking pairs must fail.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { redocly } from './redocly.mjs'

const { values: options } = parseArgs({
  options: {
    config: { type: 'string', default: 'openapi/redocly.yaml' },
    released: { type: 'string', default: 'openapi/released.json' },
    current: { type: 'string', default: 'openapi/generated/openapi.json' },
  },
})

const unseen = blindSpots()
if (unseen.length > 0) {
  console.error(
    `The gate is blind: it let pass ${unseen.join(', ')}. ` +
      `${options.config} must extend diff-recommended; without it every change counts as a patch.`,
  )
  process.exit(1)
}

const done = diff(options.released, options.current)
if (done.status === 0) {
  console.log(`Nothing in ${options.current} breaks ${options.released}.`)
} else {
  console.error(done.stdout + done.stderr)
  console.error(
    'The contract breaks what was released (above, "major"). Add beside the old instead of changing it; if the break is meant, ' +
      'raise the major version and replace openapi/released.json in the same commit.',
  )
  process.exit(1)
}

function diff(released, current, ...more) {
  const args = ['diff', released, current, '--config', options.config, '--fail-on=major', ...more]
  return redocly(args, { expectFailure: true })
}

/** The known breaking pairs that do not fail. */
function blindSpots() {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-breaking-'))
  const write = (name, contract) => {
    const path = join(folder, `${name}.json`)
    writeFileSync(path, JSON.stringify(contract))
    return path
  }
  try {
    const before = write('before', canary())
    const breaks = {
      'a removed path': (contract) => delete contract.paths['/birds'],
      'a property that requests must now have': (contract) =>
        contract.components.schemas.Seed.required.push('colour'),
      'a property that answers no longer have': (contract) =>
        delete contract.components.schemas.Bird.properties.song,
      'a property that events no longer have': (contract) =>
        delete contract.components.schemas.Flight.properties.to,
    }
    return Object.entries(breaks)
      .filter(([, change], index) => {
        const contract = canary()
        change(contract)
        const done = diff(before, write(`after-${index}`, contract), '--format=json')
        return done.status === 0 || !(JSON.parse(done.stdout).summary.major > 0)
      })
      .map(([name]) => name)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function canary() {
  const json = (name) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } })
  const object = (names, required) => ({
    type: 'object',
    required,
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  })
  return {
    openapi: '3.1.0',
    info: { title: 'canary', version: '1.0.0' },
    paths: {
      '/birds': { get: { responses: { 200: { description: 'Seen', content: json('Bird') } } } },
      '/seeds': {
        post: { requestBody: { content: json('Seed') }, responses: { 204: { description: 'Eaten' } } },
      },
    },
    webhooks: {
      flown: {
        post: { requestBody: { content: json('Flight') }, responses: { 204: { description: 'Noted' } } },
      },
    },
    components: {
      schemas: {
        Bird: object(['name', 'song'], ['name', 'song']),
        Seed: object(['kind', 'colour'], ['kind']),
        Flight: object(['from', 'to'], ['from', 'to']),
      },
    },
  }
}
