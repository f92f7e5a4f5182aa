/** The code of a link that a customer passes on, `…?ref=CODE`; undefined of an address without one. */
export const referralOf = (search: string): string | undefined =>
  /[?&]ref=([\w-]{1,100})(?![^&])/.exec(search)?.[1]
