import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  // The contract is not published: its types become part of ours.
  dts: { resolve: ['@tapline/openapi'] },
  // Its CommonJS has `exports.default`, which Node does not give to a package of type module. Its types stay a dependency.
  noExternal: ['openapi-fetch'],
  // Names and lines stay readable.
  esbuildOptions: (options) => {
    options.minifySyntax = true
  },
  clean: true,
  tsconfig: '../../tsconfig.json',
})
