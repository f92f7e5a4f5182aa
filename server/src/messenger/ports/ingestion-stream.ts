export type Pushed = {
  projectId: string
  conversationId: string
  clientId: string
  text: string
  senderId: string | null
}

export type Taken = Pushed & { receipt: string }

/**
 * A queue of messages that backends push in bulk. At least once: what is taken and not settled comes again. Cut so that a
 * Redis stream, a Kafka consumer group or a JetStream consumer fits it.
 */
export type IngestionStream = {
  append(messages: readonly Pushed[]): Promise<void>
  /** At most so many, those first that somebody took and never settled; none when there are none within a moment. */
  take(most: number): Promise<Taken[]>
  settle(receipts: readonly string[]): Promise<void>
  depth(): Promise<number>
}
