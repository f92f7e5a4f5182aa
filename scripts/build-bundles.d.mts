export function buildBundles(folder?: string): Promise<{
  /** What a page asks for → the file that has it. */
  manifest: Record<string, string>
  /** Bytes of each file, gzipped. */
  weights: Record<string, number>
}>
