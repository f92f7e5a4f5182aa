import type { Engine } from './run-engine.ts'

type Waiting = { ids: string[]; resolve: () => void; reject: (error: unknown) => void }

const MAX_IDS = 100

/**
 * Callers who wait for their own item are served together, project by project: one transaction for those that came
 * meanwhile, instead of many that queue for the same locks and hold a connection each.
 */
export function runTogether({ runItems }: Pick<Engine, 'runItems'>, maxProjects: number) {
  const projects = new Map<string, Waiting[]>()
  const turns: string[] = []
  let running = 0

  async function serve(): Promise<void> {
    running++
    for (let projectId = turns.shift(); projectId !== undefined; projectId = turns.shift()) {
      const waiting = projects.get(projectId)!
      const group = takeGroup(waiting)
      const ids = [...new Set(group.flatMap((caller) => caller.ids))].sort()
      try {
        await runItems(projectId, ids)
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
      if (waiting.length > 0) turns.push(projectId)
      else projects.delete(projectId)
    }
    running--
  }

  return (projectId: string, ids: string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const caller = { ids, resolve, reject }
      const waiting = projects.get(projectId)
      if (waiting !== undefined) {
        waiting.push(caller)
        return
      }
      projects.set(projectId, [caller])
      turns.push(projectId)
      if (running < maxProjects) void serve()
    })
}

function takeGroup(waiting: Waiting[]): Waiting[] {
  let ids = 0
  let count = 0
  while (count < waiting.length && (count === 0 || ids + waiting[count]!.ids.length <= MAX_IDS))
    ids += waiting[count++]!.ids.length
  return waiting.splice(0, count)
}
