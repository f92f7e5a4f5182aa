import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['tapline-source'] },
  ssr: { resolve: { conditions: ['tapline-source'] } },
  test: {
    include: ['{server,sdks,plugins,openapi,examples,scripts,tests}/**/*.test.ts'],
    globalSetup: ['server/tests/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // What a file leaves behind meets the next one, but importing the server anew for each took a quarter of the time.
    isolate: false,
    maxWorkers: 3,
    // A machine that others use too may be late once; what fails twice is red.
    retry: process.env.CI === undefined ? 0 : 1,
    // What runs side by side in a file waits for the pace of Telegram, not for the machine.
    maxConcurrency: 20,
    // A browser on a busy machine takes its time.
    expect: { poll: { timeout: 10_000 } },
    env: { TZ: 'UTC' },
  },
})
