const METHODS = ['get', 'put', 'post', 'patch', 'delete']
const PROSE = new Set(['description', 'summary', 'title', 'tags', 'example', 'discriminator', 'mapping'])

/** What the mocks need of the contract: its operations and schemas, without a word of prose, in one line. */
export function mockContract(bundle) {
  const operations = Object.entries(bundle.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined && isOfCallers(item[method])).map((method) => {
      const { operationId, security = [], parameters = [], requestBody, responses, ...more } = item[method]
      const all = [...(item.parameters ?? []), ...parameters].map((one) => resolve(bundle, one))
      const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith('2'))
      return [
        operationId,
        {
          method,
          path,
          security: security.flatMap((scheme) => Object.keys(scheme)),
          keyed: all.some(({ name, in: place }) => place === 'header' && name === 'Idempotency-Key'),
          secret: more['x-tapline-secret-answer'] === true,
          parameters: all
            .filter(({ in: place }) => place !== 'header')
            .map(({ name, in: place, schema }) => ({ name, in: place, schema: bare(schema) })),
          body: requestBody?.content['application/json']
            ? {
                required: requestBody.required === true,
                schema: bare(requestBody.content['application/json'].schema),
              }
            : null,
          answer: {
            status: Number(status),
            schema: bare(answer.content?.['application/json']?.schema ?? null),
          },
        },
      ]
    }),
  )
  const events = Object.fromEntries(
    Object.entries(bundle.webhooks).map(([type, { post }]) => [
      type,
      bare(post.requestBody.content['application/json'].schema),
    ]),
  )
  const contract = {
    operations: Object.fromEntries(operations),
    events,
    schemas: bare(bundle.components.schemas),
  }
  return `${JSON.stringify(contract)}\n`
}

/** Bytes have no JSON to be modelled, and what a storage says is of hosts. */
function isOfCallers({ security = [], ...operation }) {
  return operation['x-tapline-raw'] !== true && !security.some((scheme) => 'storageToken' in scheme)
}

function resolve(bundle, parameter) {
  if (parameter.$ref === undefined) return parameter
  return bundle.components.parameters[parameter.$ref.slice('#/components/parameters/'.length)]
}

/** Without what only people read. What stands under `properties` are names, not keywords. */
function bare(schema, isKeyword = true) {
  if (Array.isArray(schema)) return schema.map((one) => bare(one))
  if (schema === null || typeof schema !== 'object') return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !isKeyword || !PROSE.has(key))
      .map(([key, value]) => [
        key,
        key === 'examples' ? value : bare(value, key !== 'properties' || !isKeyword),
      ]),
  )
}
