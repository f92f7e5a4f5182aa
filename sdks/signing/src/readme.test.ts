import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { signBody } from './index.ts'
import vectors from '../vectors.json' with { type: 'json' }

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
  expect(files.size).toBe(3)
  expect(problems).toEqual([])
})

test("PHP's hash_hmac, keyed with the text of the secret, is signBody", async () => {
  expect(readme).toContain("hash_hmac('sha256', $body, $secret)")
  const key = (text: string) =>
    crypto.subtle.importKey('raw', Buffer.from(text), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  for (const { secret, body } of vectors.bodySignature.sign) {
    if (body === undefined) continue
    const mac = await crypto.subtle.sign('HMAC', await key(secret), Buffer.from(body))
    expect(signBody({ body, secret })).toBe(Buffer.from(mac).toString('hex'))
  }
})

test('the reasons in the table are the reasons there are', () => {
  const listed = [...readme.matchAll(/^\| `([a-z]+-[a-z-]+)` /gm)].map((match) => match[1]!).sort()
  const reasons = vectors.webhook.verify.map(({ expect }) => ('reason' in expect ? expect.reason! : ''))
  expect(listed).toEqual([...new Set(reasons)].filter(Boolean).sort())
})
