import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../src/embedded/embedded-postgres.ts'
import { startEmbeddedRedis } from '../src/embedded/embedded-redis.ts'
import { migrate } from '../src/postgres/migrate.ts'
import { createPool } from '../src/postgres/pool.ts'
import { MIGRATIONS } from '../src/schema.ts'
import { buildServer } from './build-server.fixture.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseUrl: string
    redisUrl: string
    /** The server, built. */
    serverEntrance: string
  }
}

// Several files at once start two or three servers each, with all their pools.
const CONNECTIONS = 400

export const TEMPLATE = 'tapline_template'

/** One Postgres and one Redis for the whole run; every test file clones the migrated template into a database of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'tapline-tests-'))
  // TAPLINE_TEST_REDIS=in-process hides redis-server, to see that everything passes without it too.
  const searchPath = process.env.PATH ?? ''
  const inProcess = process.env.TAPLINE_TEST_REDIS === 'in-process'
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'postgres'),
    searchPath,
    connections: CONNECTIONS,
  })
  const redis = await startEmbeddedRedis({
    dataDirectory: join(directory, 'redis'),
    searchPath: inProcess ? '/nowhere' : searchPath,
    production: false,
  })

  const admin = createPool({ url: postgres.url, max: 1, name: 'tests', onIdleError: () => undefined })
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await migrate(databaseAt(postgres.url, TEMPLATE), MIGRATIONS)
  project.provide('databaseUrl', postgres.url)
  project.provide('redisUrl', redis.url)
  project.provide('serverEntrance', await buildServer())
  return async () => {
    await redis.stop()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

export function databaseAt(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
