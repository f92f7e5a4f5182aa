import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    identity: 'src/identity.ts',
    web: 'src/web/index.ts',
    express: 'src/express.ts',
    fetch: 'src/fetch.ts',
    fastify: 'src/fastify.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  // Deno and Workers know node:crypto only by its whole name.
  removeNodeProtocol: false,
  external: [/^node:/],
  target: 'es2022',
  dts: true,
  // Constants are put where they are used; names and lines stay readable.
  esbuildOptions: (options) => {
    options.minifySyntax = true
  },
  clean: true,
  tsconfig: '../../tsconfig.json',
})
