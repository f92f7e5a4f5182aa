/** `crypto.randomUUID` is not there on pages without TLS. */
export const randomId = (): string => String(crypto.getRandomValues(new Uint32Array(4))).replace(/,/g, '-')
