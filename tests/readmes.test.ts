import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { family, root } from './family.fixture.ts'

/** What a snippet may need that a reader has and we have not: a server, a network, settings, a package of others. */
const NEEDS_MORE = /process\.env|\bfetch\(|\.listen\(|^declare |\bdocument\b/m

interface Snippet {
  name: string
  file: string
  source: string
}

// In a folder of the package, which finds itself by its name.
const snippets: Snippet[] = family.flatMap(({ folder }) => {
  const readme = join(folder, 'README.md')
  if (!existsSync(readme)) return []
  const found = [...readFileSync(readme, 'utf8').matchAll(/^```(ts|tsx)\n(.*?)^```/gms)]
  return found.map(([, kind, source], index) => ({
    name: `${relative(root, readme)}, snippet ${index + 1}`,
    file: join(folder, '.readme', `snippet-${index + 1}.${kind}`),
    source: source!,
  }))
})
const runnable = snippets.filter(({ source }) => !NEEDS_MORE.test(source))

afterAll(() => {
  for (const { folder } of family) {
    rmSync(join(folder, '.readme'), { recursive: true, force: true })
  }
})

test('every TypeScript snippet compiles as it stands, against the packages by their names', () => {
  const files = new Map(snippets.map(({ file, source }) => [file, `${source}\nexport {}\n`]))
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['tapline-source'],
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path) ?? readFile(path)
  const program = ts.createProgram([...files.keys()], options, host)
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
  expect(snippets.length).toBeGreaterThan(0)
  expect(problems).toEqual([])
}, 60_000)

describe('every snippet that needs nothing else runs, and prints what its comments say', () => {
  test.each(runnable)('$name', ({ file, source }) => {
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, source)
    const done = spawnSync(
      process.execPath,
      ['--conditions=tapline-source', '--import', import.meta.resolve('tsx'), file],
      { encoding: 'utf8', env: { PATH: process.env.PATH } },
    )
    expect(done.stderr).toBe('')
    expect(done.status).toBe(0)
    // `console.log(…) // what it prints`, up to a colon or a comma.
    const promised = [...source.matchAll(/^console\.log\(.*\) \/\/ ([^:,\n]+)/gm)].map(([, said]) =>
      said!.trim(),
    )
    expect(done.stdout.trim().split('\n').filter(Boolean)).toEqual(promised)
  })
})
