/** Leases of devices: who has one that has not run out is there. */
export type Presence = {
  /** `unknown` when nobody can say: then everybody counts as present. */
  present(
    people: readonly { projectId: string; participantId: string }[],
  ): Promise<ReadonlySet<string> | 'unknown'>
  renew(leases: readonly Lease[]): Promise<void>
  end(lease: Lease): Promise<void>
}

export type Lease = { projectId: string; participantId: string; sessionId: string }
