import type { StoredObject } from './objects.ts'

export interface NoticeTarget {
  url: string
  token: string
}

/** What becomes of the next notices: lost, told twice, or told later. */
export interface NoticeFault {
  times: number
  effect: 'lose' | 'duplicate' | { delayMs: number }
}

const RETRY_MS = 100
const MAX_TRIES = 50
const MOST_WAITING = 1_000

export type Notices = ReturnType<typeof notices>

/** Event notifications in the form of MinIO's webhook target: at least once, in no order, tried again until they are taken. */
export function notices(bucket: string, target: NoticeTarget | undefined) {
  let planned: NoticeFault[] = []
  let waiting = 0
  const timers = new Set<NodeJS.Timeout>()
  const log: { key: string; status: number }[] = []

  function next(): NoticeFault['effect'] | undefined {
    const [fault] = planned
    if (fault === undefined) return undefined
    fault.times--
    if (fault.times <= 0) planned = planned.slice(1)
    return fault.effect
  }

  function later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }

  async function send(object: StoredObject, tries: number): Promise<void> {
    if (target === undefined) return
    const status = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${target.token}` },
      body: JSON.stringify(noticeOf(bucket, object)),
    }).then(
      async (answer) => (await answer.arrayBuffer(), answer.status),
      () => 0,
    )
    log.push({ key: object.key, status })
    if (log.length > MOST_WAITING) log.shift()
    if (status >= 200 && status < 300) waiting--
    else if (tries < MAX_TRIES) later(RETRY_MS, () => void send(object, tries + 1))
    else waiting--
  }

  return {
    created(object: StoredObject): void {
      const effect = next()
      if (target === undefined || effect === 'lose' || waiting >= MOST_WAITING) return
      const times = effect === 'duplicate' ? 2 : 1
      for (let at = 0; at < times; at++) {
        waiting++
        if (typeof effect === 'object') later(effect.delayMs, () => void send(object, 1))
        else void send(object, 1)
      }
    },
    plan: (fault: NoticeFault) => void planned.push({ ...fault }),
    aimAt: (next: NoticeTarget | undefined) => (target = next),
    log: () => [...log],
    isQuiet: () => waiting === 0,
    stop() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

function noticeOf(bucket: string, { key, bytes, etag, type, at }: StoredObject) {
  const eventName = 's3:ObjectCreated:Put'
  return {
    EventName: eventName,
    Key: `${bucket}/${key}`,
    Records: [
      {
        eventVersion: '2.0',
        eventSource: 'minio:s3',
        awsRegion: '',
        eventTime: new Date(at).toISOString(),
        eventName,
        userIdentity: { principalId: 'simulator' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': '1', 'x-minio-origin-endpoint': 'http://127.0.0.1' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'Config',
          bucket: {
            name: bucket,
            ownerIdentity: { principalId: 'simulator' },
            arn: `arn:aws:s3:::${bucket}`,
          },
          object: {
            key: encodeURIComponent(key),
            size: bytes.length,
            eTag: etag,
            contentType: type,
            sequencer: '1',
          },
        },
        source: { host: '127.0.0.1', port: '', userAgent: 'simulator' },
      },
    ],
  }
}
