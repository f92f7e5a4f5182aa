export type DoorHeaders = Readonly<Record<string, string | string[] | undefined>>

export type DoorRequest = {
  webhookSecret: string
  headers: DoorHeaders
  /** The bare type, in lower case. */
  contentType: string
  body: Buffer
  waitSeconds: number
  remoteAddress: string | undefined
  requestId: string
  receivedAt: Date
  /** Of the monotonic clock, when the last byte had come. */
  beganAt: number
}
