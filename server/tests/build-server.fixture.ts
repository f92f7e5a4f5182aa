import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const SERVER = fileURLToPath(new URL('..', import.meta.url))

/** `main.ts` in one file, as deep in the tree as the source: those who start the server dozens of times need not read it in a thousand. */
export async function buildServer(): Promise<string> {
  const outfile = `${SERVER}.built/main.js`
  await build({
    entryPoints: [`${SERVER}src/main.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    conditions: ['tapline-source'],
    logLevel: 'warning',
    plugins: [
      {
        name: 'packages-stay-packages',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@tapline/') ? undefined : { path, external: true },
          ),
      },
    ],
  })
  return outfile
}
