export const LANES = 16
export const ALL_LANES: readonly number[] = Array.from({ length: LANES }, (_, lane) => lane)

/** Scans over all projects go lane by lane, so that several workers can share them. */
export function laneOf(projectId: string): number {
  let hash = 0
  for (let index = 0; index < projectId.length; index++)
    hash = (Math.imul(hash, 31) + projectId.charCodeAt(index)) >>> 0
  return hash % LANES
}
