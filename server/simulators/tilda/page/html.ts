const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!)

/** Data for a script of the page, in an element that nothing executes. */
export const dataElement = (id: string, value: unknown) =>
  `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`

export const price = (amount: number) => String(amount).replace(/\B(?=(\d{3})+$)/g, ' ')

export const SIGNS = { RUB: 'р.', KZT: '₸' }
