export interface WebhookTarget {
  url: string
  secretToken: string | undefined
  maxConnections: number
  ipAddress: string | undefined
}
