import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type FamilyPackage,
  family,
  published,
  readPackage,
  root,
  withFamilyDependencies,
} from './family.fixture.ts'

const run = promisify(execFile)
const [PNPM] = /pnpm@\d+\.\d+\.\d+/.exec(readFileSync(join(root, 'scripts/bootstrap.mjs'), 'utf8')) ?? []
const folder = mkdtempSync(join(tmpdir(), 'tapline-packages-'))
const tarballs = new Map<string, string>()

beforeAll(async () => {
  for (const sdk of published) {
    await run(process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js'), '--silent'], {
      cwd: sdk.folder,
    })
    const target = join(folder, 'tarballs', sdk.name)
    mkdirSync(target, { recursive: true })
    await run('npx', ['-y', PNPM!, 'pack', '--pack-destination', target], { cwd: sdk.folder })
    tarballs.set(
      sdk.name,
      join(
        target,
        readdirSync(target).find((name) => name.endsWith('.tgz'))!,
      ),
    )
  }
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the whole family has one version, that of the repository', () => {
  const versions = [readPackage(root), readPackage(join(root, 'openapi')), ...family].map(
    ({ name, version }) => `${name} ${version}`,
  )
  expect(versions).toEqual(versions.map((line) => line.replace(/ .*/, ` ${readPackage(root).version}`)))
})

describe.each(published)('$name', (sdk) => {
  const isLibrary = waysIn(sdk).length > 0
  const tarball = () => tarballs.get(sdk.name)!
  const home = join(folder, 'projects', sdk.name)

  beforeAll(() => install(sdk, home), 120_000)

  test('publint finds nothing', async () => {
    const bytes = readFileSync(tarball())
    const { messages, pkg } = await publint({ pack: { tarball: toArrayBuffer(bytes) }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  test.runIf(isLibrary)('attw finds the types of every way in, for ESM and CommonJS', async () => {
    const command = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    await run(process.execPath, [
      command,
      tarball(),
      '--profile',
      'node16',
      '--no-emoji',
      '--no-color',
    ]).catch((error: { stdout: string }) => expect.fail(error.stdout))
  })

  test('what is packed is what is published: no sources, no tests, no condition of ours', () => {
    const installed = join(home, 'node_modules', sdk.name)
    expect(JSON.stringify(readPackage(installed))).not.toMatch(/tapline-source|workspace:|catalog:/)
    expect(readPackage(installed).exports).toEqual(withoutSources(sdk.exports))
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => /\.test\.|\.fixture\.|^src/.test(name))).toEqual([])
    expect(files).toEqual(expect.arrayContaining(['README.md', 'package.json']))
  })

  test.runIf(isLibrary)(
    'a use of every export compiles strictly and runs, as ESM and as CommonJS',
    async () => {
      const use = join(sdk.folder, 'packed-use.ts')
      expect(existsSync(use), `${use} shows a use of every export`).toBe(true)
      const projects = ['module', 'commonjs'].map((type) => {
        const project = join(home, type)
        mkdirSync(project, { recursive: true })
        writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type }))
        copyFileSync(use, join(project, 'use.ts'))
        return project
      })
      // MSW's own declarations do not compile strictly in a CommonJS project: what a peer brings is not ours to mend.
      const peers = Object.keys(sdk.peerDependencies ?? {})
      const ours = compile(projects.map((project) => join(project, 'use.ts'))).filter(
        (problem) => !peers.some((peer) => problem.includes(`/node_modules/${peer}/`)),
      )
      expect(ours).toEqual([])
      for (const project of projects) {
        const { stdout } = await run(process.execPath, ['use.js'], { cwd: project })
        expect(stdout).toBe('ok\n')
        for (const path of waysIn(sdk)) {
          const load = `Promise.resolve(${project.endsWith('module') ? 'import' : 'require'}(${JSON.stringify(path)}))`
          const show = `${load}.then((all) => console.log(Object.keys(all).filter((name) => !['default', 'module.exports'].includes(name)).join(' ')))`
          const { stdout: names } = await run(process.execPath, ['-e', show], { cwd: project })
          const source = readFileSync(use, 'utf8')
          expect(source, 'the way in is used').toContain(`'${path}'`)
          for (const name of names.trim().split(' ').filter(Boolean)) {
            expect(source, `${name} of ${path} is used`).toMatch(new RegExp(`\\b${name}\\b`))
          }
        }
      }
    },
  )

  test.runIf(isLibrary)('it weighs what its README says, and no more than its budget', async () => {
    const readme = readFileSync(join(sdk.folder, 'README.md'), 'utf8')
    expect(sdk['size-limit'], 'package.json has a budget').toBeDefined()
    for (const { name, path, import: imported, limit } of sdk['size-limit']!) {
      const bytes = await weigh(join(sdk.folder, path), imported, Object.keys(sdk.peerDependencies ?? {}))
      const budget = Number(/^([\d.]+) kB$/.exec(limit)?.[1]) * 1000
      expect(bytes, `${name} in bytes, gzip`).toBeLessThanOrEqual(budget)
      expect(bytes, `${name}: a budget far above the weight says nothing`).toBeGreaterThan(budget * 0.9)
      expect(readme, `the README quotes the weight of ${name}`).toContain(limit)
    }
  })

  test.runIf(sdk.bin)('each of its commands runs as it is installed', async () => {
    for (const command of Object.keys(sdk.bin!)) {
      const { stdout } = await run(join(home, 'node_modules/.bin', command), ['--version'])
      expect(stdout).toBe(`${sdk.version}\n`)
    }
  })
})

/** An empty project with the tarball in it, and those of the family that it needs; the rest as a stranger gets it. */
async function install(sdk: FamilyPackage, project: string): Promise<void> {
  mkdirSync(project, { recursive: true })
  const needed = withFamilyDependencies(sdk).map(({ name }) => tarballs.get(name)!)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true }))
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  await run('npm', ['install', ...quiet, ...needed], { cwd: project })
}

function compile(files: string[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    resolveJsonModule: true,
    types: [],
  }
  const program = ts.createProgram(files, options)
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
  program.emit()
  return problems
}

/** What an importer pays: bundled, minified, gzip. What the package depends on counts, what Node brings does not. */
/** What others bring along weighs nothing here. */
async function weigh(file: string, imported: string, peers: string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export ${imported} from ${JSON.stringify(file)}`, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: ['node:*', ...peers.flatMap((peer) => [peer, `${peer}/*`])],
    logLevel: 'error',
  })
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length
}

/** The subpaths that are code, as they are imported. */
function waysIn({ name, exports = {} }: FamilyPackage): string[] {
  return Object.keys(exports)
    .filter((path) => !path.endsWith('.json'))
    .map((path) => name + path.slice(1))
}

/** What `exports` are without the condition that leads to the sources. */
function withoutSources(exports: unknown): unknown {
  if (typeof exports !== 'object' || exports === null) return exports
  return Object.fromEntries(
    Object.entries(exports)
      .filter(([condition]) => condition !== 'tapline-source')
      .map(([key, value]) => [key, withoutSources(value)]),
  )
}

function toArrayBuffer({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}
