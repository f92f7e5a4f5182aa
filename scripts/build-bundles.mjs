// What pages load from /js/: a classic script for each entry, and as modules under hashed names the panel and whatever a script imports only when it is needed. Run alone it prints what each weighs.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PANEL = 'sdks/widget/src/panel.ts'
const SCRIPTS = {
  'tapline-chat.js': 'sdks/widget/src/script.ts',
  'tapline-storefront.js': 'plugins/storefront/src/script.ts',
  'tapline-tilda.js': 'plugins/tilda/src/script.ts',
}
const MANIFEST = 'bundles.json'
const USUAL_FOLDER = join(ROOT, 'server/bundles')

/** Builds every entry that exists into `folder`; gives the manifest, and the gzipped bytes of each file. */
export async function buildBundles(folder = USUAL_FOLDER) {
  const panel = existsSync(join(ROOT, PANEL)) ? await bundlePanel() : { name: '', files: [] }
  const scripts = await Promise.all(
    Object.entries(SCRIPTS)
      .filter(([, entry]) => existsSync(join(ROOT, entry)))
      .map(([name, entry]) => bundleScript(name, entry, panel.name)),
  )
  // Parts of two scripts may have the same name in their packages, and mean something else.
  const parts = new Map(scripts.flatMap((script) => script.parts.map((part) => [part.name, part])))
  const files = [...panel.files, ...parts.values(), ...scripts]
  const manifest = Object.fromEntries([
    ...(panel.name === '' ? [] : [['panel.js', panel.name]]),
    ...[...parts.values()].map(({ name }) => [name.replace(/-[A-Z0-9]{8}/, ''), name]),
    ...files.filter(({ name }) => name !== panel.name && !parts.has(name)).map(({ name }) => [name, name]),
  ])
  const weights = {}
  await mkdir(folder, { recursive: true })
  for (const { name, bytes } of files) {
    const [zipped, brotli] = await Promise.all([
      promisify(gzip)(bytes, { level: 9 }),
      promisify(brotliCompress)(bytes),
    ])
    weights[name] = zipped.length
    // What is served beside comes first: a reader that sees the file sees them too.
    await put(folder, `${name}.gz`, zipped)
    await put(folder, `${name}.br`, brotli)
    await put(folder, name, bytes)
  }
  await put(folder, MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`)
  const made = new Set(files.map(({ name }) => name))
  const left = (await readdir(folder)).filter(
    (name) => /^\w.*\.js(\.gz|\.br)?$/.test(name) && !made.has(name.replace(/\.(gz|br)$/, '')),
  )
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
  return { manifest, weights }
}

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  platform: 'browser',
  charset: 'utf8',
  legalComments: 'none',
  conditions: ['tapline-source'],
  logLevel: 'warning',
}

async function bundlePanel() {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    entryPoints: { panel: PANEL },
    outdir: '/',
    metafile: true,
    format: 'esm',
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
  })
  const [entry] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === PANEL)
  return {
    name: basename(entry),
    files: outputFiles.map(({ path, contents }) => ({ name: basename(path), bytes: Buffer.from(contents) })),
  }
}

/**
 * Chromium then compiles the whole script in one pass, beside the page, and not each function when it is first called; others
 * read a comment. It has to come first. https://v8.dev/blog/explicit-compile-hints
 */
const COMPILED_AT_ONCE = '//# allFunctionsCalledOnLoad'

/** A classic script has no parts of its own: each `import()` becomes a module beside it. */
async function bundleScript(name, entry, panel) {
  const parts = []
  const apart = {
    name: 'apart',
    setup: ({ onResolve, resolve }) =>
      onResolve({ filter: /^\./ }, async ({ kind, path, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'seen') return undefined
        const found = await resolve(path, { kind, resolveDir, pluginData: 'seen' })
        const part = await bundlePart(found.path, name.replace('.js', ''))
        parts.push(part)
        return { path: `./${part.name}`, external: true }
      }),
  }
  const { outputFiles } = await build({
    ...COMMON,
    plugins: [apart],
    entryPoints: [entry],
    outfile: `/${name}`,
    format: 'iife',
    define: { __TAPLINE_PANEL__: JSON.stringify(panel) },
  })
  const { text } = outputFiles[0]
  const script = parts.length === 0 ? text : fromOwnFolder(text)
  return { name, bytes: Buffer.from(`${COMPILED_AT_ONCE}\n${script}`), parts }
}

/**
 * A classic script of another origin has no address of its own for `import()` to start from, unless it is told. Asked of
 * the document's own class: an image or a form of the page may be called `currentScript`.
 */
const fromOwnFolder = (text) =>
  `(__js=>{${text.replaceAll('import("./', 'import(__js+"')}})((Reflect.get(Document.prototype,"currentScript",document)?.src??"").replace(/[^/]*$/,""))\n`

/** Named after its script: two of them may have parts that are called alike. */
async function bundlePart(entry, script) {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [entry],
    outdir: '/',
    format: 'esm',
    entryNames: `${script}-[name]-[hash]`,
  })
  return { name: basename(outputFiles[0].path), bytes: Buffer.from(outputFiles[0].contents) }
}

/** Whole or not at all, whoever reads or builds beside. */
async function put(folder, name, bytes) {
  const mark = createHash('sha256').update(`${process.pid} ${performance.now()}`).digest('hex').slice(0, 8)
  const draft = join(folder, `.${name}.${mark}`)
  await writeFile(draft, bytes)
  await rename(draft, join(folder, name))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { weights } = await buildBundles()
  if (!process.argv.includes('--quiet'))
    for (const [name, bytes] of Object.entries(weights))
      console.log(`${name.padEnd(44)} ${(bytes / 1_000).toFixed(2).padStart(7)} kB gzip`)
}
