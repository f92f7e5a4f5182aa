/** Marks that turn the order of the letters after them. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A name as its letters follow each other: one that turns `gpj.exe` around would look like a picture. */
export const visible = (name: string): string => name.replace(TURNS, '')
