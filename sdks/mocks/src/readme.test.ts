import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'tsup'
import ts from 'typescript'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(`${folder}README.md`, 'utf8')
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => match[1]!)

test('every TypeScript snippet compiles as it stands, against the package by its name', () => {
  const files = new Map(snippets.map((snippet, index) => [`${folder}readme-${index}.ts`, snippet]))
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['tapline-source'],
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path) ?? readFile(path)
  const program = ts.createProgram([...files.keys()], options, host)
  const problems = ts.getPreEmitDiagnostics(program).map((problem) => {
    return `${problem.file?.fileName}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`
  })
  expect(files.size).toBe(4)
  expect(problems).toEqual([])
})

test('the README tells the size of the package as it is', async () => {
  const outDir = `${folder}node_modules/.size`
  await build({
    entry: [`${folder}src/index.ts`],
    format: ['esm'],
    platform: 'neutral',
    target: 'es2022',
    external: [/^@tapline\//, 'msw'],
    outDir,
    silent: true,
    config: false,
    dts: false,
    clean: true,
  })
  const kilobytes = Math.ceil(gzipSync(readFileSync(`${outDir}/index.js`)).length / 1_000)
  expect(kilobytes).toBeLessThanOrEqual(72)
  expect(readme).toContain(`${kilobytes} kB gzipped`)
}, 60_000)
