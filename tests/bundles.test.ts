import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildBundles } from '../scripts/build-bundles.mjs'

let folder: string
let built: Awaited<ReturnType<typeof buildBundles>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tapline-bundles-'))
  built = await buildBundles(folder)
})
afterAll(() => rm(folder, { recursive: true }))

it('whatever is built is named in the manifest, each under one name', async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  expect(Object.values(built.manifest).sort()).toEqual(files.sort())
  expect(Object.keys(built.weights).sort()).toEqual(files.sort())
  expect(Object.keys(built.manifest)).toContain('tapline-storefront.js')
})

it('whatever a script or a part imports lies beside it', async () => {
  const imported = await Promise.all(
    Object.values(built.manifest).map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8')
      return [...text.matchAll(/["'](?:\.\/)?([\w-]+-[A-Z0-9]{8}\.js)["']/g)].map(([, name]) => name!)
    }),
  )
  const names = [...new Set(imported.flat())]
  expect(names.length).toBeGreaterThan(3)
  expect(names.filter((name) => !Object.values(built.manifest).includes(name))).toEqual([])
})
