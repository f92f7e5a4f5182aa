export const VARIABLES = ['name', 'balance', 'tier', 'ticket', 'agent', 'shop', 'referral_link'] as const
export type Values = { readonly [Variable in (typeof VARIABLES)[number]]?: string | null | undefined }

const UNKNOWN = '—'

/** A canned answer with its variables; what a customer calls themselves formats nothing, and an unknown name leaves no gap. */
export function fillTemplate(text: string, values: Values): string {
  const known = new Map<string, string>(
    VARIABLES.map((variable) => {
      const value = values[variable] ?? ''
      return [variable, variable === 'referral_link' ? value : value.replace(/[*_~`[\]\\<>]/g, '')]
    }),
  )
  const named = known.get('name') === '' ? text.replace(/^\{name\}[,\s]*|[,\s]*\{name\}/g, '') : text
  return named.replace(/\{(\w+)\}/g, (place, variable: string) => {
    const value = known.get(variable)
    return value === undefined ? place : value === '' ? UNKNOWN : value
  })
}

/** The first thing in braces that is no variable. */
export function unknownVariableIn(text: string): string | undefined {
  const known: readonly string[] = VARIABLES
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).find((name) => !known.includes(name))
}
