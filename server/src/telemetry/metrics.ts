import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { remember } from '../kernel/remember.ts'

const OPEN_STATUSES = ['new', 'in-work', 'waiting']
const FIGURES_MS = 1_000

type TicketFigures = {
  byStatus: Readonly<Record<string, number>>
  breached: number
  unclaimedSince: number | null
}

type LineFigures = Readonly<Record<string, { waiting: number; dead: number; oldestMs: number }>>

export type Metrics = ReturnType<typeof createMetrics>

/** Labels hold codes and names of ours only: never a secret, a contact or a project's id. */
export function createMetrics(read: {
  inbox: () => { accepting: number; logging: number }
  brokenBooks: () => Promise<number>
  tickets: () => Promise<TicketFigures>
  lines: () => Promise<LineFigures>
  webhooks: () => { taken: number; troubled: Promise<{ failing: number; disabled: number }> }
}) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'tapline_' })
  const registers = [registry]
  new Gauge({
    name: 'tapline_inbox_waiting_callers',
    help: 'Callers in this process whose rows wait to be written to the inbox',
    labelNames: ['kind'],
    registers,
    collect() {
      const { accepting, logging } = read.inbox()
      this.set({ kind: 'accepting' }, accepting)
      this.set({ kind: 'logging' }, logging)
    },
  })
  new Gauge({
    name: 'tapline_broken_books',
    help: 'Books that their last proof found broken, over all projects; every process tells the same number',
    registers,
    async collect() {
      // While the database is away, the number of before is told: the other metrics are needed then.
      await read.brokenBooks().then((count) => this.set(count), () => undefined) // prettier-ignore
    },
  })
  new Gauge({
    name: 'tapline_webhook_endpoints_in_trouble',
    help: 'Endpoints that are failing, and those that were switched off for it, over all projects',
    labelNames: ['state'],
    registers,
    async collect() {
      await read.webhooks().troubled.then(
        ({ failing, disabled }) => {
          this.set({ state: 'failing' }, failing)
          this.set({ state: 'disabled' }, disabled)
        },
        () => undefined,
      )
    },
  })
  new Gauge({
    name: 'tapline_webhook_deliveries_taken',
    help: 'Deliveries that this process has taken out to send',
    registers,
    collect() {
      this.set(read.webhooks().taken)
    },
  })
  const figures = remember(read.tickets, { forMs: FIGURES_MS })
  // While the database is away, the figures of before are told.
  const ofTickets = (tell: (figures: TicketFigures) => void) => figures('').then(tell, () => undefined)
  new Gauge({
    name: 'tapline_tickets_open',
    help: 'Tickets that are not over, over all projects; every process tells the same number',
    labelNames: ['status'],
    registers,
    async collect() {
      await ofTickets(({ byStatus }) => {
        for (const status of OPEN_STATUSES) this.set({ status }, byStatus[status] ?? 0)
      })
    },
  })
  new Gauge({
    name: 'tapline_tickets_breached',
    help: 'Open tickets whose promise was broken, over all projects',
    registers,
    async collect() {
      await ofTickets(({ breached }) => this.set(breached))
    },
  })
  new Gauge({
    name: 'tapline_tickets_oldest_unclaimed_seconds',
    help: 'How long the oldest ticket that nobody has taken waits, over all projects',
    registers,
    async collect() {
      await ofTickets(({ unclaimedSince }) =>
        // A sandbox may be ahead of us.
        this.set(unclaimedSince === null ? 0 : Math.max(0, (Date.now() - unclaimedSince) / 1_000)),
      )
    },
  })
  const lines = remember(read.lines, { forMs: FIGURES_MS })
  const ofLines = (tell: (queue: string, figures: LineFigures[string]) => void) =>
    lines('').then(
      (all) => Object.entries(all).forEach(([queue, one]) => tell(queue, one)),
      () => undefined,
    )
  new Gauge({
    name: 'tapline_bridge_waiting',
    help: 'What waits to be worked on between us and Telegram or Todoist, over all projects',
    labelNames: ['queue'],
    registers,
    async collect() {
      await ofLines((queue, { waiting }) => this.set({ queue }, waiting))
    },
  })
  new Gauge({
    name: 'tapline_bridge_dead',
    help: 'What was given up there, and waits for somebody to look at it',
    labelNames: ['queue'],
    registers,
    async collect() {
      await ofLines((queue, { dead }) => this.set({ queue }, dead))
    },
  })
  new Gauge({
    name: 'tapline_bridge_oldest_seconds',
    help: 'How long the oldest of what waits there has waited',
    labelNames: ['queue'],
    registers,
    async collect() {
      await ofLines((queue, { oldestMs }) => this.set({ queue }, oldestMs / 1_000))
    },
  })
  return {
    registry,
    door: new Histogram({
      name: 'tapline_door_seconds',
      help: 'From the last byte of a request to its answer',
      labelNames: ['status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    webhooks: new Histogram({
      name: 'tapline_webhook_attempt_seconds',
      help: 'Attempts to deliver an event, by what came of them',
      labelNames: ['outcome'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15],
      registers,
    }),
    slices: new Counter({
      name: 'tapline_engine_slices_total',
      help: 'Slices of work done',
      labelNames: ['outcome'],
      registers,
    }),
    faults: new Counter({
      name: 'tapline_faults_total',
      help: 'Things that broke',
      labelNames: ['where'],
      registers,
    }),
    relayed: new Counter({
      name: 'tapline_outbox_relayed_total',
      help: 'Events handed to their sinks',
      registers,
    }),
    lostWakes: new Counter({
      name: 'tapline_wakes_lost_total',
      help: 'Wake-ups that Redis did not take; the sweeper covers them',
      registers,
    }),
  }
}
