/** Ids say what they name, and sort by the time they were made. */
export const ID_PREFIXES = {
  project: 'prj',
  secret: 'sec',
  customer: 'cus',
  merge: 'mrg',
  order: 'ord',
  lot: 'lot',
  entry: 'ent',
  hold: 'hld',
  alert: 'alr',
  checkpoint: 'chk',
  inboxItem: 'inb',
  event: 'evt',
  endpoint: 'whe',
  delivery: 'whd',
  replay: 'whr',
  notice: 'ntc',
  audit: 'aud',
  participant: 'par',
  conversation: 'cnv',
  message: 'msg',
  attachment: 'att',
  agent: 'agt',
  ticket: 'tic',
  link: 'lnk',
  deadLetter: 'ddl',
  session: 'ses',
  request: 'req',
} as const

export type IdKind = keyof typeof ID_PREFIXES
export type NewId = (kind: IdKind) => string
