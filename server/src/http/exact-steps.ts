type Format = { type: 'number'; validate: (value: number) => boolean }

/**
 * `multipleOf` of a decimal step, in the contract as it is served, judged by what was written. The validator divides
 * doubles, and would refuse 1.1 as no multiple of 0.01.
 */
export function exactSteps(contract: unknown): Record<string, Format> {
  const formats: Record<string, Format> = {}
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const schema = node as { multipleOf?: unknown; format?: unknown }
    if (typeof schema.multipleOf === 'number' && !Number.isInteger(schema.multipleOf)) {
      const step = schema.multipleOf
      const name = `multiple-of-${step}`
      formats[name] = { type: 'number', validate: (value) => isMultiple(value, step) }
      delete schema.multipleOf
      schema.format = name
    }
    Object.values(node).forEach(visit)
  }
  visit(contract)
  return formats
}

/** The nearest multiple is the number itself, as far as a double can say. */
function isMultiple(value: number, step: number): boolean {
  const perOne = Math.round(1 / step)
  return Math.round(value * perOne) / perOne === value
}
