import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  platform: 'browser',
  target: 'es2022',
  // The contract is not published: its types become part of ours.
  dts: { resolve: ['@tapline/openapi'] },
  // Names and lines stay readable.
  esbuildOptions: (options) => {
    options.minifySyntax = true
  },
  clean: true,
  tsconfig: '../tsconfig.json',
})
