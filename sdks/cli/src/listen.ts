import type { TaplineEvent } from '@tapline/client'
import type { Command, Context } from './command.ts'
import { describeEvent } from './describe-event.ts'
import { readWish, unknownType } from './event-types.ts'
import { follow } from './follow.ts'
import { forward, type Forwarded } from './forward.ts'
import { createLanes } from './lanes.ts'
import { listenSecret, requireSecret } from './listen-secret.ts'
import { Misuse } from './misuse.ts'
import { wholeNumber } from './options.ts'
import { createProgress } from './progress.ts'
import type { Texts } from './texts-en.ts'

const MOST_IN_FLIGHT = 8
/** What is in flight when it is stopped may still be answered. */
const GRACE_MS = 3_000

export const listen: Command = {
  summary: 'events as they happen, forwarded to your laptop and signed',
  help: `tapline listen [--forward URL] [--events bonus.*,tier.changed] [--secret whsec_…] [--since POSITION]

Follows the events of the project and posts each to URL, signed by Standard Webhooks as an endpoint would get it.
Those of one customer (or order) go one after another; of different ones up to ${MOST_IN_FLIGHT} at a time. Nothing has to be
reachable from outside. Without --forward they are only shown.

  --forward URL      http:// or https://; redirects are not followed
  --events TYPES     only these; bonus.* is all of a kind
  --secret SECRET    sign with this one, instead of the one that is made of the project's secret key
  --print-secret     print what is signed with, and end
  --since POSITION   also what came after this position (0: all of the last 30 days)
  --json             per event a line {"event", "forwarded": {"status", "tookMs", "attempts", "error"}}

An answer is an answer, whatever its status. Where nobody answers, an event is tried six times within 16 seconds.`,
  options: ['forward', 'events', 'secret', 'since', 'print-secret'],
  async run(context) {
    const { values, texts, secretKey, print } = context
    const secret = values.secret === undefined ? listenSecret(secretKey) : requireSecret(values.secret)
    if (values['print-secret'] === true) return print(secret)
    const url = values.forward === undefined ? undefined : requireTarget(values.forward, texts)
    const wanted = readWish(
      values.events,
      (pattern) => `${texts.unknownType(pattern)}\n${unknownType(pattern, texts.didYouMean)}`,
    )
    const after =
      values.since === undefined
        ? undefined
        : wholeNumber(values.since, 'since', { least: 0, most: 1e15 - 1, otherwise: 0 })
    await listenTo(context, { url, secret, wanted, after })
  },
}

type Wish = {
  url: string | undefined
  secret: string
  wanted: (type: string) => boolean
  after: number | undefined
}

async function listenTo(context: Context, { url, secret, wanted, after }: Wish): Promise<void> {
  const { tapline, texts, signal, note, values } = context
  const counts = { events: 0, delivered: 0, refused: 0, undelivered: 0 }
  const lanes = createLanes(MOST_IN_FLIGHT)
  const cut = new AbortController()
  let grace: NodeJS.Timeout | undefined
  signal.addEventListener('abort', () => (grace = setTimeout(() => cut.abort(), GRACE_MS)), { once: true })
  let silent = false
  let progress: ReturnType<typeof createProgress> | undefined

  /** Whether that was all: what was cut off comes again at the next start. */
  async function deliver(event: TaplineEvent): Promise<boolean> {
    let forwarded: Forwarded | null = null
    if (url !== undefined) {
      forwarded = await forward(event, { url, secret, signal: cut.signal, onTrouble })
      if (forwarded.status === null) counts.undelivered++
      else counts[forwarded.status >= 200 && forwarded.status < 300 ? 'delivered' : 'refused']++
      if (silent && forwarded.status !== null) {
        silent = false
        note(texts.targetReturned(url))
      }
    }
    counts.events++
    show(context, event, forwarded)
    return forwarded === null || forwarded.status !== null || !cut.signal.aborted
  }

  function onTrouble(why: string): void {
    if (!silent) note(texts.targetSilent(url!, why))
    silent = true
  }

  try {
    const pages = follow({
      tapline,
      after,
      signal,
      onOutage: (why) => note(texts.outage(context.url, why)),
      onReturn: () => note(texts.returned(context.url)),
    })
    for await (const { data, position } of pages) {
      if (progress === undefined) {
        progress = createProgress(after ?? position)
        note(texts.listening(context.url, url))
        if (url !== undefined && values.secret === undefined) note(texts.verifyWith(secret))
        note(texts.ctrlC())
      }
      const events = data.filter(({ type }) => wanted(type))
      const done = progress.begin(position, events.length)
      for (const event of events)
        // What has not begun when it is stopped is not begun; the position says so.
        await lanes.add(laneOf(event), async () => {
          if (!signal.aborted && (await deliver(event))) done()
        })
    }
  } finally {
    await lanes.idle()
    clearTimeout(grace)
    if (progress !== undefined) {
      const { events, delivered, refused, undelivered } = counts
      note(
        url === undefined
          ? texts.stoppedFollowing(events)
          : texts.stopped(events, delivered, refused, undelivered),
      )
      note(texts.goOnFrom(progress.position()))
    }
  }
}

function show(
  { values, print, printJson, texts }: Context,
  event: TaplineEvent,
  forwarded: Forwarded | null,
): void {
  if (values.json === true) return printJson({ event, forwarded })
  const line = describeEvent(event, new Date())
  if (forwarded === null) return print(line)
  const { status, tookMs, attempts, error } = forwarded
  print(
    `${line}  → ${status === null ? texts.undelivered(attempts, error ?? '') : texts.answered(status, tookMs)}`,
  )
}

/** Order matters within what an event is about: its sequence counts by it. */
function laneOf({ resource }: TaplineEvent): string {
  return `${resource.type} ${resource.id}`
}

function requireTarget(given: string, texts: Texts): string {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const rest = given.replace(/^[a-z]+:\/\//i, '').replace(/^:?(\d+)(?=\/|$)/, 'localhost:$1')
    const likely = `http://${rest}`
    throw new Misuse(
      texts.targetNotHttp(given, URL.canParse(likely) ? likely : 'http://localhost:3000/hooks'),
    )
  }
  if (url.username !== '' || url.password !== '') throw new Misuse(texts.targetWithPassword())
  return url.href
}
