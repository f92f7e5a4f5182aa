import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { DAY_MS } from '../../../kernel/clock.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { ClockMove, ProjectClock } from '../../domain/project-clock.ts'
import type { moveClock } from '../../move-clock.ts'
import type { ProjectStore } from '../../ports/project-store.ts'

type Dependencies = { projects: Pick<ProjectStore, 'clock'>; move: ReturnType<typeof moveClock> }
type Wish = { advanceSeconds?: number; advanceDays?: number; to?: string }

const ACTOR = 'secret-key'

export function clockHandlers({
  projects,
  move,
}: Dependencies): Pick<Handlers, 'getSandboxClock' | 'moveSandboxClock'> {
  return {
    getSandboxClock: async ({ caller: { projectId } }) => {
      const clock = await projects.clock(projectId)
      if (clock === undefined) return refuse('project-not-found', { projectId })
      return clock.sandbox ? { status: 200, body: present(clock) } : refuse('sandbox-only')
    },

    moveSandboxClock: async ({ caller: { projectId }, body }) => {
      const wish = read(body)
      if (wish === undefined) return refuse('invalid-request')
      const clock = await move(projectId, wish, ACTOR)
      return isRefusal(clock) ? clock : { status: 200, body: present(clock) }
    },
  }
}

/** The contract lets exactly one of them through; a leap second or a thirtieth of February it does not see. */
function read({ advanceSeconds, advanceDays, to }: Wish): ClockMove | undefined {
  if (to === undefined) return { advanceMs: (advanceSeconds ?? 0) * 1_000 + (advanceDays ?? 0) * DAY_MS }
  const instant = Date.parse(to)
  if (Number.isNaN(instant)) return undefined
  const day = to.slice(0, 10)
  return new Date(day).toISOString().startsWith(day) ? { to: instant } : undefined
}

function present({ now, offsetMs }: ProjectClock): components['schemas']['Clock'] {
  return { now: new Date(now).toISOString(), offsetSeconds: offsetMs / 1_000 }
}
