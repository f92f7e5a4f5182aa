import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  // Names and lines stay readable.
  esbuildOptions: (options) => {
    options.minifySyntax = true
  },
  clean: true,
  tsconfig: 'tsconfig.json',
})
