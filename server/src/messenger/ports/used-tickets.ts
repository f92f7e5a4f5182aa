export type UsedTickets = {
  /** True once for each name within its time, whichever process asks. */
  use(name: string, forMs: number): Promise<boolean>
}
