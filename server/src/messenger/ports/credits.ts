export type Charge = { bucket: string; capacity: number; refillSeconds: number; cost: number }
export type Allowance = { allowed: boolean; remaining: number; retryAfterMs: number }

/** A pool that is full again after each `refillSeconds`, one for all processes. */
export type Credits = { take(charge: Charge): Promise<Allowance> }
