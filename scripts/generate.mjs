// Everything that is made from the contract. `--check` compares instead of writing, and exits 1 on drift.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv2020 from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import openapiTS, { astToString } from 'openapi-typescript'
import { clientOperations, clientProblemCodes } from './client-operations.mjs'
import { mockContract } from './mock-contract.mjs'
import { redocly } from './redocly.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
// JSON Schema counts code points where JavaScript counts UTF-16 units.
const CODE_POINTS = '((text) => { let length = 0; for (const _ of text) length++; return length })'
const check = process.argv.includes('--check')
const scratch = mkdtempSync(join(tmpdir(), 'tapline-generate-'))

try {
  const bundle = bundleContract()
  const files = {
    'openapi/generated/openapi.json': JSON.stringify(bundle, null, 2) + '\n',
    'openapi/generated/types.ts': await clientTypes(bundle),
    'openapi/generated/door-validators.js': doorValidators(bundle),
    'openapi/generated/door-validators.d.ts': doorValidatorTypes(),
    'openapi/generated/frame-validators.js': frameValidators(bundle),
    'openapi/generated/frame-validators.d.ts': frameValidatorTypes(bundle),
    'sdks/client/src/generated/operations.ts': clientOperations(bundle),
    'sdks/client/src/generated/problem-codes.ts': clientProblemCodes(bundle),
    'sdks/mocks/src/contract/contract.json': mockContract(bundle),
  }
  const drifted = Object.entries(files)
    .filter(([path, text]) => !same(path, text))
    .map(([path]) => path)
  if (check && drifted.length > 0) {
    console.error(`Not what the contract gives: ${drifted.join(', ')}. Run: npm run generate`)
    process.exitCode = 1
  } else if (!check) {
    for (const path of drifted) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), files[path])
    }
    console.log(drifted.length > 0 ? `Generated ${drifted.join(', ')}` : 'What is generated is up to date')
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function same(file, text) {
  const path = join(root, file)
  return existsSync(path) && readFileSync(path, 'utf8') === text
}

function bundleContract() {
  const output = join(scratch, 'openapi.json')
  redocly([
    'bundle',
    'openapi/openapi.yaml',
    '--config',
    'openapi/redocly.yaml',
    '--ext',
    'json',
    '--output',
    output,
  ])
  return JSON.parse(readFileSync(output, 'utf8'))
}

async function clientTypes(bundle) {
  const ast = await openapiTS(structuredClone(bundle), { defaultNonNullable: false, alphabetize: false })
  return `// Generated from openapi/ by scripts/generate.mjs.\n${astToString(ast)}`
}

// The door validates before any framework does, so its schemas are compiled ahead: one function per action,
// and one for a line of a batch.
function doorValidators(bundle) {
  return standalone(bundle, {
    validatePurchase: ref('Purchase'),
    validateRegisterUser: payloadOf(bundle, 'RegisterUserAction'),
    validateSpendBonuses: payloadOf(bundle, 'SpendBonusesAction'),
    validateRefund: payloadOf(bundle, 'RefundAction'),
  })
}

// One function for each frame of a client, by the frame's type.
function frameValidators(bundle) {
  const frames = framesOf(bundle)
  const code = standalone(
    bundle,
    Object.fromEntries(frames.map(({ name }) => [`validate${name}`, ref(name)])),
  )
  const table = frames.map(({ name, type }) => `  ${type}: validate${name},`).join('\n')
  return `${code}\nexport const FRAME_VALIDATORS = {\n${table}\n}\n`
}

function framesOf(bundle) {
  const { schemas } = bundle.components
  return schemas.ClientFrame.oneOf.map(({ $ref }) => {
    const name = $ref.slice('#/components/schemas/'.length)
    return { name, type: schemas[name].properties.type.const }
  })
}

function frameValidatorTypes(bundle) {
  const lines = framesOf(bundle).map(({ name, type }) => `  ${type}: Validator<Schemas['${name}']>`)
  return `// Generated from openapi/ by scripts/generate.mjs.
import type { components } from './types.ts'
import type { SchemaError } from './door-validators.js'

type Validator<T> = ((value: unknown) => value is T) & { errors?: SchemaError[] | null }
type Schemas = components['schemas']

/** By the type of a client's frame. */
export declare const FRAME_VALIDATORS: {
${lines.join('\n')}
}
`
}

function ref(name) {
  return { $ref: `contract#/components/schemas/${name}` }
}

function standalone(bundle, validators) {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    formats: { date: true },
    code: { source: true, esm: true, lines: true },
  })
  ajv.addSchema({ $id: 'contract', components: bundle.components })
  const names = {}
  for (const [name, schema] of Object.entries(validators)) {
    ajv.addSchema({ $id: name, ...absolute(schema) })
    names[name] = name
  }
  const code = standaloneCode
    .default(ajv, names)
    .replace(/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, CODE_POINTS)
  if (code.includes('require('))
    throw new Error('the validators would need a module at run time; inline it in scripts/generate.mjs')
  return `// Generated from openapi/ by scripts/generate.mjs.\n/* eslint-disable */\n${code}\n`
}

function payloadOf(bundle, action) {
  return bundle.components.schemas[action].properties.payload
}

function absolute(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/'))
}

function doorValidatorTypes() {
  return `// Generated from openapi/ by scripts/generate.mjs.
import type { components } from './types.ts'

export type SchemaError = { instancePath: string; keyword: string; params: Record<string, unknown>; message?: string }
type Validator<T> = ((value: unknown) => value is T) & { errors?: SchemaError[] | null }
type Schemas = components['schemas']

export declare const validatePurchase: Validator<Schemas['Purchase']>
export declare const validateRegisterUser: Validator<Schemas['RegisterUserAction']['payload']>
export declare const validateSpendBonuses: Validator<Schemas['SpendBonusesAction']['payload']>
export declare const validateRefund: Validator<Schemas['RefundAction']['payload']>
`
}
