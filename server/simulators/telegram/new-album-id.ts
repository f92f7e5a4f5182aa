let latest = 10_000_000_000_000_000n + BigInt(Math.floor(Math.random() * 1e12))

export function newAlbumId(): string {
  return String(++latest)
}
