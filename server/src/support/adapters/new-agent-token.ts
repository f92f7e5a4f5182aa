import { randomBytes } from 'node:crypto'

export const AGENT_TOKEN_PREFIX = 'at_'

/** 256 random bits, safe in a header and in a shell. */
export function newAgentToken(): string {
  return AGENT_TOKEN_PREFIX + randomBytes(32).toString('base64url')
}
