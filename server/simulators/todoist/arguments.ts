import { invalid, missing } from './api-error.ts'

export type Arguments = Record<string, unknown>

/** The arguments of a command or of a call, read with the words of Todoist for what is wrong with them. */
export function text(args: Arguments, name: string, longest: number): string | undefined {
  const value = args[name]
  if (value === undefined) return undefined
  if (typeof value !== 'string') throw invalid(name)
  if ([...value].length > longest) throw invalid(name, `${name} is longer than ${longest} characters`)
  return value
}

export function words(args: Arguments, name: string, longest: number): string {
  const value = text(args, name, longest)
  if (value === undefined) throw missing(name)
  if (value.trim() === '') throw invalid(name)
  return value
}

export function id(args: Arguments, name: string): string | undefined {
  const value = args[name]
  if (value === undefined || value === null) return undefined
  return checkedId(value, name)
}

export function requiredId(args: Arguments, name: string): string {
  return id(args, name) ?? thrown(missing(name))
}

/** Ids of the old API were numbers; they are refused, not looked up. */
export function checkedId(value: unknown, name: string): string {
  if (typeof value !== 'string' || /^\d*$/.test(value)) {
    throw invalid(name, `Invalid ${name}: ids are opaque strings`)
  }
  return value
}

export function userId(args: Arguments, name: string): string | null | undefined {
  const value = args[name]
  if (value === undefined || value === null) return value
  if (typeof value === 'number' || typeof value === 'string') return `${value}`
  throw invalid(name)
}

export function integer(args: Arguments, name: string): number | undefined {
  const value = args[name]
  if (value === undefined || value === null) return undefined
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number)) throw invalid(name)
  return number
}

export function flag(args: Arguments, name: string): boolean | undefined {
  const value = args[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 1 || value === '1') return true
  if (value === 'false' || value === 0 || value === '0') return false
  throw invalid(name)
}

export function strings(args: Arguments, name: string): string[] | undefined {
  const value = args[name]
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw invalid(name)
  return value.map((each) => {
    if (typeof each !== 'string' && typeof each !== 'number') throw invalid(name)
    return `${each}`
  })
}

function thrown(error: Error): never {
  throw error
}
