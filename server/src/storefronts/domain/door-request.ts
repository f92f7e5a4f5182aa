export type DoorHeaders = Readonly<Record<string, string | string[] | undefined>>

export type DoorRequest = {
  webhookSecret: string
  headers: DoorHeaders
  /** The bare type, in lower case. */
  contentType: string
  body: Buffer
  /** Why the body was not read: then nothing is known of the request but whose it is. */
  unread: 'body-too-large' | 'unsupported-encoding' | undefined
  waitSeconds: number
  remoteAddress: string | undefined
  requestId: string
  receivedAt: Date
  /** Of the monotonic clock, when the last byte had come. */
  beganAt: number
}
