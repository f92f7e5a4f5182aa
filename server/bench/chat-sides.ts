import type { ChatBareJob } from './chat-bare.ts'
import { USUAL_BYTES, type ChatServer, type Pair } from './chat-link.ts'
import type { ChatLoad, ChatLoadJob } from './chat-load.ts'
import { barePairs, openChatShop } from './chat-shop.ts'
import type { ChatSocketIoJob } from './chat-socketio.ts'
import { expectCount } from './door.ts'
import { startProcess, type Started } from './processes.ts'
import type { Database, Role, Surroundings } from './surroundings.ts'

/** One server with everything that a row needs of it. */
export type ChatSide = {
  chat: ChatServer
  pairs: Pair[]
  process: Pick<Started, 'cpuSeconds' | 'residentMb'>
  /** As many as were acknowledged are stored, or more: an answer may have been lost, a message may not. */
  countStored: (acked: number) => Promise<void>
  stop: () => Promise<void>
}

export type Product = ChatSide & { gateway: Role; api: Role; database: Database }

/** The role `gateway` in a process of its own; the rest of the product, which gives tickets and looks after deliveries, in another. */
export async function startProduct(
  surroundings: Surroundings,
  name: string,
  pairs: number,
): Promise<Product> {
  const database = await surroundings.createDatabase(name)
  const api = await surroundings.startRole('api,worker,relay', database)
  const gateway = await surroundings.startRole('gateway', database)
  const stop = async () => {
    await gateway.stop()
    await api.stop()
    await database.close()
  }
  const seated =
    pairs === 0
      ? []
      : await openChatShop(api, database)
          .then((shop) => shop.pairs(pairs))
          .catch(async (error: unknown) => {
            await stop()
            throw error
          })
  return {
    chat: { speaks: 'frames', port: gateway.port, apiPort: api.port, textBytes: USUAL_BYTES },
    pairs: seated,
    process: gateway,
    gateway,
    api,
    database,
    countStored: (acked) => expectStored(database, 'messages', acked),
    stop,
  }
}

export async function startBare(surroundings: Surroundings, name: string, pairs: number): Promise<ChatSide> {
  const database = await surroundings.createDatabase(`${name}_bare`)
  const bare = startProcess<ChatBareJob, number>('./chat-bare.ts')
  const port = await bare.ask({ databaseUrl: database.url, conversations: Math.max(1, pairs) })
  return side(
    bare,
    database,
    'bare_messages',
    { speaks: 'frames', port, apiPort: 0, textBytes: USUAL_BYTES },
    pairs,
  )
}

export async function startSocketIo(
  surroundings: Surroundings,
  name: string,
  pairs: number,
): Promise<ChatSide> {
  const database = await surroundings.createDatabase(`${name}_socketio`)
  const usual = startProcess<ChatSocketIoJob, number>('./chat-socketio.ts')
  const port = await usual.ask({ databaseUrl: database.url })
  return side(
    usual,
    database,
    'chat_messages',
    { speaks: 'socket.io', port, apiPort: 0, textBytes: USUAL_BYTES },
    pairs,
  )
}

function side(
  process: Pick<Started, 'cpuSeconds' | 'residentMb' | 'stop'>,
  database: Database,
  table: string,
  chat: ChatServer,
  pairs: number,
): ChatSide {
  return {
    chat,
    pairs: barePairs(pairs),
    process,
    countStored: (acked) => expectStored(database, table, acked),
    async stop() {
      await process.stop()
      await database.close()
    },
  }
}

async function expectStored(database: Database, table: string, acked: number): Promise<void> {
  await expectCount(database, `select least(count(*), ${acked}) as count from ${table}`, acked)
}

export type Played = ChatLoad & { perSecond: number; cpuMicros: number; loadMicros: number }

/** A load of its own that sits at all places of a side. */
export async function seatLoad({ chat, pairs, process, countStored }: ChatSide) {
  const load = startProcess<ChatLoadJob, ChatLoad[]>('./chat-load.ts')
  let acked = 0
  await load.ask({ kind: 'join', server: chat, pairs })
  return {
    async play(job: ChatLoadJob): Promise<Played[]> {
      const before = [process.cpuSeconds(), load.cpuSeconds()] as const
      const runs = await load.ask(job)
      const number = runs.reduce((sum, run) => sum + run.acked, 0)
      acked += number
      const micros = (now: number, then: number) => ((now - then) * 1e6) / number
      return runs.map((run) => ({
        ...run,
        perSecond: run.acked / run.seconds,
        cpuMicros: micros(process.cpuSeconds(), before[0]),
        loadMicros: micros(load.cpuSeconds(), before[1]),
      }))
    },
    countStored: () => countStored(acked),
    async stop() {
      await load.ask({ kind: 'leave' })
      await load.stop()
    },
  }
}

/** Nothing was refused, lost, late for ever or said twice: where there was no reason for it. */
export function whole(run: Played): Played {
  const { offered, acked, delivered } = run
  if (acked === offered && delivered === offered) return run
  throw new Error(
    `Of ${offered} messages ${acked} were acknowledged and ${delivered} delivered: ${JSON.stringify(run)}`,
  )
}
