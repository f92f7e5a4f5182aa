import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One package of the SDK family, as its package.json says. */
export interface FamilyPackage {
  folder: string
  name: string
  version: string
  private?: boolean
  exports?: Record<string, unknown>
  bin?: Record<string, string>
  publishConfig?: { exports?: Record<string, unknown> }
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  /** As size-limit writes it: what is imported from which file of `dist`, and what that may weigh. */
  'size-limit'?: { name: string; path: string; import: string; limit: string }[]
}

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Everything in sdks/. */
export const family: FamilyPackage[] = readdirSync(join(root, 'sdks')).flatMap((name) => {
  const folder = join(root, 'sdks', name)
  try {
    return [readPackage(folder)]
  } catch {
    return []
  }
})

/** What goes to the registry. */
export const published = family.filter((sdk) => sdk.private !== true)

export function readPackage(folder: string): FamilyPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as FamilyPackage
  return { ...manifest, folder }
}

/** The package and all of the family that it depends on, in turn. */
export function withFamilyDependencies(sdk: FamilyPackage): FamilyPackage[] {
  const names = Object.keys({ ...sdk.dependencies, ...sdk.peerDependencies })
  const direct = published.filter(({ name }) => names.includes(name))
  return [...new Set([sdk, ...direct.flatMap(withFamilyDependencies)])]
}
