/** The business said no: a value, never thrown. The edge alone knows which HTTP status it becomes. */
export type Refusal<Code extends string = string> = {
  readonly refused: Code
  /** What the sentence about it may mention: never a secret, never a contact in full. */
  readonly details?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

export function refuse<Code extends string>(refused: Code, details?: Refusal['details']): Refusal<Code> {
  return details === undefined ? { refused } : { refused, details }
}

export function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
  return 'refused' in value
}
