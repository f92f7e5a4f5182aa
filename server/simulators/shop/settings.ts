/** What the shop is told by whoever starts it: as a real one has it from the pages of its project. */
export type ShopSettings = {
  /** Of Tapline, such as `http://127.0.0.1:8080`. */
  apiUrl: string
  publishableKey: string
  /** For the books that the stage shows; never given to a page. */
  secretKey: string
  webhookUrl: string
  /** Signs who is logged in. */
  identitySecret: string
  /** The stand-ins beside the shop, where there are any. */
  telegramUrl: string | null
  todoistUrl: string | null
  tildaUrl: string | null
}
