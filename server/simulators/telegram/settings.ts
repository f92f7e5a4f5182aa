export interface Settings {
  everyoneStarted: boolean
  outage: boolean
  httpsWebhooksOnly: boolean
}
