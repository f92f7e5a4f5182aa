import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import { MOST_AHEAD_MS, type ClockMove, type ProjectClock } from './domain/project-clock.ts'
import type { ProjectRefusalCode } from './domain/project.ts'
import type { ProjectStore } from './ports/project-store.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  projects: ProjectStore
  /** After the commit: this process follows at once, and what has become due is done. */
  afterMove: (projectId: string) => Promise<void>
}

/** Moves a sandbox's time forward, never back. Other processes follow within their memory's second. */
export function moveClock({ unitOfWork, projects, afterMove }: Dependencies) {
  async function why(projectId: string, move: ClockMove): Promise<Refusal<ProjectRefusalCode>> {
    const clock = await projects.clock(projectId)
    if (clock === undefined) return refuse('project-not-found', { projectId })
    if (!clock.sandbox) return refuse('sandbox-only')
    if ('to' in move && move.to <= clock.now) return refuse('clock-not-forward', { now: iso(clock.now) })
    return refuse('clock-too-far', { latest: iso(clock.now - clock.offsetMs + MOST_AHEAD_MS) })
  }

  return async (
    projectId: string,
    move: ClockMove,
    actor: string,
  ): Promise<ProjectClock | Refusal<ProjectRefusalCode>> => {
    const moved = await unitOfWork(async (transaction) => {
      const clock = await projects.moveClock(transaction, projectId, move)
      if (clock !== undefined) {
        await projects.record(transaction, projectId, {
          action: 'clock.moved',
          actor,
          details: { now: iso(clock.now), offsetSeconds: clock.offsetMs / 1_000 },
        })
      }
      return clock
    })
    if (moved === undefined) return why(projectId, move)
    await afterMove(projectId)
    return moved
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
