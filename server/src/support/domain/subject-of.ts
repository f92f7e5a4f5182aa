const MOST = 100
// Spaces of every kind, controls, and what turns the direction of what follows.
const INVISIBLE = /[\s\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/gu

/** The beginning of a first message as one line: cut between words where it can be, and harmless as a title. */
export function subjectOf(text: string): string {
  const line = text
    .replace(INVISIBLE, ' ')
    .trim()
    // A board takes `* ` for a task that cannot be completed.
    .replace(/^(?:[*#>@+-]+\s+)+/, '')
  const characters = [...line]
  if (characters.length <= MOST) return line
  const cut = characters.slice(0, MOST - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > MOST - 21 ? cut.slice(0, space) : cut).trimEnd()}…`
}
