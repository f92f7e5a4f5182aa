// The methods of @tapline/client: one for each operation of /v1 that takes the secret key, documented as the contract documents it.

/** The text of sdks/client/src/generated/operations.ts. */
export function clientOperations(bundle) {
  const operations = operationsOf(bundle)
  return `// Generated from openapi/ by scripts/generate.mjs.
import type { ListMethod, Method } from '../method.ts'

/** One method for each operation of \`/v1\` that takes the secret key. */
export interface Methods {
${operations.map(member).join('\n')}
}

/** What \`readOperations\` reads. */
export const OPERATIONS = \`${table(operations)}\`
`
}

/** The text of sdks/client/src/generated/problem-codes.ts. */
export function clientProblemCodes(bundle) {
  const codes = bundle.components.schemas.Problem.properties.code['x-tapline-codes']
  return `// Generated from openapi/ by scripts/generate.mjs.

/** The codes that the server had when this was published. */
export type KnownProblemCode =
${codes.map((code) => `  | '${code}'`).join('\n')}
`
}

function operationsOf(bundle) {
  return Object.entries(bundle.paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, operation]) => operation.operationId !== undefined && isOfBackends(operation))
        .map(([method, operation]) => {
          const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
            resolve(bundle, parameter),
          )
          const query = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name)
          assertOneObject(bundle, { ...operation, path, query })
          return { ...operation, path, method, query }
        }),
    )
}

/** What only a browser's session may do is `@tapline/chat`'s; raw bytes, and what people set up once, have no method. */
function isOfBackends({ security = [], ...operation }) {
  const isLeftOut = operation['x-tapline-raw'] === true || operation['x-tapline-client'] === false
  return !isLeftOut && security.some((scheme) => 'secretKey' in scheme)
}

/** Parameters and fields are given as one object, so a name may stand for one of them only. */
function assertOneObject(bundle, { operationId, path, query, requestBody }) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const schema = resolve(bundle, requestBody?.content['application/json'].schema ?? {})
  const names = [...inPath, ...query, ...Object.keys(fieldsOf(bundle, schema))]
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice.length > 0)
    throw new Error(`${operationId}: ${twice.join(', ')} would be a parameter and a field; rename one`)
  if (schema.type === 'array') throw new Error(`${operationId}: a body that is an array has no names`)
}

function fieldsOf(bundle, schema) {
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
  return Object.assign({}, schema.properties, ...parts.map((part) => fieldsOf(bundle, resolve(bundle, part))))
}

/**
 * An address below `/v1/` on a line, and what can be done there. It is weighed: what the client can work out is not written.
 * `:` stands for the id of what stands before it, `@` for the address' last word and `.` for one of it; a method that is not
 * written is GET.
 */
function table(operations) {
  const lines = new Map()
  for (const operation of operations) {
    const address = operation.path
      .slice('/v1/'.length)
      .replace(/(\w+)\/\{(\w+)Id\}/g, (all, many, id) => (oneOf(many) === id ? `${many}/:` : all))
    const [, last] = /([\w-]+)\W*$/.exec(address)
    const many = last.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase())
    const name = operation.operationId
      .replace(new RegExp(`${many}$`), '@')
      .replace(new RegExp(`${oneOf(many)}$`), '.')
    const method = operation.method === 'get' ? '' : operation.method.toUpperCase()
    const said = method + name + marks(operation)
    lines.set(address, [...(lines.get(address) ?? [address]), said])
  }
  return [...lines.values()].map((line) => line.join(' ')).join('\n')
}

function oneOf(many) {
  return many.replace(/ies$/, 'y').replace(/s$/, '')
}

/** `*` has pages, `>` is a feed, `!` would be done twice by a second time, `?` has that field in the query beside a body. */
function marks({ query, ...operation }) {
  if (query.includes('cursor')) return '*'
  if (query.includes('after')) return '>'
  if (isOnce(operation)) return '!'
  if (query.length === 0 || ['get', 'delete'].includes(operation.method)) return ''
  if (query.length > 1)
    throw new Error(`${operation.operationId}: the client can tell one field of the query from a body`)
  return `?${query[0]}`
}

function isOnce({ method, ...operation }) {
  return operation['x-tapline-secret-answer'] === true && method === 'post'
}

function member({ operationId, method, path, query, summary, description = '', ...operation }) {
  const pages = query.includes('cursor') || query.includes('after')
  const once = isOnce({ method, ...operation })
    ? '\n\nNot sent again by itself when there was no answer: the secret is shown once.'
    : ''
  const text = `${summary}.\n\n${description}${once}\n\n\`${method.toUpperCase()} ${path}\``
  const lines = text
    .replace(/\n{3,}/g, '\n\n')
    .replaceAll('*/', '*\\/')
    .split('\n')
    .map((line) => `   * ${line}`.trimEnd())
  return `  /**\n${lines.join('\n')}\n   */\n  ${operationId}: ${pages ? 'ListMethod' : 'Method'}<'${operationId}'>`
}

function resolve(bundle, value) {
  if (!('$ref' in value)) return value
  return value.$ref
    .slice('#/'.length)
    .split('/')
    .reduce((at, part) => at[part], bundle)
}
