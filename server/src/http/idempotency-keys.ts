export type StoredAnswer = { status: number; body?: unknown }

export type KeyClaim =
  /** Ours to answer; the holder proves it when it keeps or frees the key. */
  | { state: 'claimed'; holder: string }
  | { state: 'answered'; answer: StoredAnswer }
  /** Another request has the key. */
  | { state: 'taken' }
  | { state: 'running' }

/** The keys of a project for a day: who answers, and what was answered. A claim is committed before the work begins. */
export type IdempotencyKeys = {
  claim(projectId: string, key: string, fingerprint: Buffer): Promise<KeyClaim>
  /** `answer` is JSON already. Does nothing when somebody else has taken the key over. */
  keep(
    projectId: string,
    key: string,
    holder: string,
    answer: { status: number; body: string | null },
  ): Promise<void>
  /** As if it had never been claimed. */
  free(projectId: string, key: string, holder: string): Promise<void>
}
