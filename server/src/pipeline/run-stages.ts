import { boundedBuffer, type BoundedBuffer, type BufferMeter, type BufferPolicy } from './bounded-buffer.ts'

/** One step of a route. Answers those that go on; whoever stays behind has been told why. */
export type Stage<Item> = {
  name: string
  /** The most that it takes at once. */
  batch: number
  run(items: Item[]): Item[] | Promise<Item[]>
}

export type LineMeter = {
  buffer(stage: string): BufferMeter
  ran(stage: string, items: number, ms: number): void
}

type Settings<Item> = {
  stages: readonly Stage<Item>[]
  /** Of an item, by the names of stages: those that are not named are passed by. */
  routeOf: (item: Item) => ReadonlySet<string>
  policy: BufferPolicy
  weigh: (item: Item) => number
  keyOf?: (item: Item) => string
  onDrop: (item: Item, stage: string, reason: string) => void
  /** A stage broke: these items go no further, and their senders have to be told. */
  onFault: (error: unknown, stage: string, items: Item[]) => void
  meter?: LineMeter
}

export type Line<Item> = ReturnType<typeof runStages<Item>>

/** Waiting belongs at the entrance, where it can be refused. */
const MOST_BETWEEN = 256

/**
 * Stages in a line, each behind a bounded buffer of its own and each doing one batch at a time, so that items keep their
 * order. Where the next buffer is full the stage waits, and so all that is before it, back to the source.
 */
export function runStages<Item>({
  stages,
  routeOf,
  policy,
  weigh,
  keyOf,
  onDrop,
  onFault,
  meter,
}: Settings<Item>) {
  const inner: BufferPolicy = {
    ...policy,
    // Of what only counts by its newest, a full buffer would lose some.
    items: policy.overflow === 'latest-by-key' ? policy.items : Math.min(policy.items, MOST_BETWEEN),
    overflow: policy.overflow === 'latest-by-key' ? 'latest-by-key' : 'wait',
  }
  const buffers = stages.map(({ name }, index) =>
    boundedBuffer<Item>({
      // What may be dropped is dropped at the entrance; what is inside has cost work already.
      policy: index === 0 ? policy : inner,
      weigh,
      onDrop: (item, reason) => onDrop(item, name, reason),
      ...(keyOf === undefined ? {} : { keyOf }),
      ...(meter === undefined ? {} : { meter: meter.buffer(name) }),
    }),
  )
  const loops = stages.map((stage, index) => drain(stage, buffers[index]!, buffers[index + 1]))

  async function drain(
    { name, batch, run }: Stage<Item>,
    from: BoundedBuffer<Item>,
    to: BoundedBuffer<Item> | undefined,
  ): Promise<void> {
    while (await from.ready()) {
      const items = from.takeMany(batch)
      const mine = items.filter((item) => routeOf(item).has(name))
      const began = performance.now()
      let done: Item[] = []
      try {
        if (mine.length > 0) {
          const outcome = run(mine)
          done = outcome instanceof Promise ? await outcome : outcome
        }
      } catch (error) {
        onFault(error, name, mine)
      }
      if (mine.length > 0) meter?.ran(name, mine.length, performance.now() - began)
      if (to === undefined) continue
      const passed = mine.length === items.length ? done : inOrder(items, mine, done)
      for (const item of passed) if (to.offer(item) === 'rejected') await to.put(item)
    }
    to?.close()
  }

  return {
    offer: (item: Item) => buffers[0]!.offer(item),
    put: (item: Item) => buffers[0]!.put(item),
    isHigh: () => buffers[0]!.isHigh(),
    whenCalm: (tell: () => void) => buffers[0]!.whenCalm(tell),
    /** Of the fullest buffer, 0 to 1. */
    fill: () => Math.max(...buffers.map((buffer) => buffer.fill())),
    buffers: () =>
      stages.map(({ name }, index) => ({
        stage: name,
        depth: buffers[index]!.depth(),
        bytes: buffers[index]!.bytes(),
      })),
    /** What is inside is finished. */
    async stop(): Promise<void> {
      buffers[0]!.close()
      await Promise.all(loops)
    },
  }
}

/** Those that passed a stage by stay in their places among those that it let through. */
function inOrder<Item>(items: Item[], mine: Item[], done: Item[]): Item[] {
  const worked = new Set(mine)
  const through = new Set(done)
  return items.filter((item) => !worked.has(item) || through.has(item))
}
