import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['tapline-source'] },
  ssr: { resolve: { conditions: ['tapline-source'] } },
  test: {
    include: ['{server,sdks,openapi,examples,scripts,tests}/**/*.test.ts'],
    globalSetup: ['server/tests/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 3,
    env: { TZ: 'UTC' },
  },
})
