import { defineConfig } from 'tsup'

// What the image runs. Our own packages are bundled from source; npm packages stay packages. The simulators are not in it.
export default defineConfig({
  entry: ['src/main.ts', 'src/command.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  noExternal: [/^@tapline\//],
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
  tsconfig: '../tsconfig.json',
  esbuildOptions(options) {
    options.conditions = ['tapline-source']
  },
})
