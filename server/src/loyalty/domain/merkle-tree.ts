/** SHA-256 as RFC 6962 wants it: of a 0 and the line's bytes, of a 1 and two hashes, of nothing. All in hexadecimal. */
export type TreeHash = {
  leaf(line: string): string
  node(left: string, right: string): string
  empty: string
}

/** A tree that grows by one leaf at a time: the roots of its full parts, largest first. Twenty of them stand for a million leaves. */
export type Tree = { size: number; parts: readonly string[] }

export const EMPTY_TREE: Tree = { size: 0, parts: [] }

export function grow({ size, parts }: Tree, lines: readonly string[], hash: TreeHash): Tree {
  const grown = [...parts]
  let leaves = size
  for (const line of lines) {
    let part = hash.leaf(line)
    for (let full = leaves; full % 2 === 1; full = Math.floor(full / 2)) part = hash.node(grown.pop()!, part)
    grown.push(part)
    leaves++
  }
  return { size: leaves, parts: grown }
}

export function rootOf({ parts }: Tree, hash: TreeHash): string {
  const [last, ...before] = [...parts].reverse()
  return last === undefined ? hash.empty : before.reduce((right, left) => hash.node(left, right), last)
}
