import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/tapline.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  removeNodeProtocol: false,
  clean: true,
  tsconfig: '../../tsconfig.json',
})
