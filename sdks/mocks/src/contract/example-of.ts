import { resolve, type Schema } from './contract.ts'

const MOMENT = '2026-01-01T09:00:00.000Z'

/** A value that fits a schema of the contract: always the same, with what is required and no more. */
export function exampleOf(schema: Schema): unknown {
  if (schema.$ref !== undefined) return exampleOf(resolve(schema.$ref))
  if (schema.examples !== undefined) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.allOf !== undefined || schema.properties !== undefined) return exampleObject(schema)
  const [branch] = schema.oneOf ?? schema.anyOf ?? []
  if (branch !== undefined) return exampleOf(branch)
  const [type] = [schema.type ?? 'object'].flat()
  switch (type) {
    case 'array':
      return schema.items === undefined || schema.maxItems === 0 ? [] : [exampleOf(schema.items)]
    case 'string':
      return exampleText(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return false
    case 'null':
      return null
    default:
      return {}
  }
}

/** The members that all its parts together require, and as many as it has to have. */
function exampleObject({ allOf = [], oneOf, properties = {}, minProperties = 0, ...schema }: Schema): object {
  const inherited = allOf.map((part) => exampleOf(part) as object)
  const required = [...(schema.required ?? []), ...(oneOf?.[0]?.required ?? [])]
  const further = Object.keys(properties).filter((name) => !required.includes(name))
  const names = [...required, ...further.slice(0, Math.max(0, minProperties - required.length))]
  const own = names.map((name) => [name, exampleOf(properties[name] ?? {})])
  return Object.assign({}, ...inherited, Object.fromEntries(own)) as object
}

function exampleText({ format, pattern, minLength = 0 }: Schema): string {
  if (format === 'date-time') return MOMENT
  if (format === 'date') return MOMENT.slice(0, 10)
  const prefix = /^\^?([a-z]+_)\[/.exec(pattern ?? '')?.[1]
  if (prefix !== undefined) return `${prefix}01JD3Z8X5T0000000000000000`
  if (pattern === undefined) return 'example'.padEnd(minLength, '.')
  return ['100.00', '100'].find((text) => new RegExp(pattern, 'u').test(text)) ?? '100.00'
}
