import type { Instant } from '../../kernel/clock.ts'
import type { Locale } from '../../kernel/locale.ts'

/**
 * A file of a conversation. Its message takes a sequence when the file has arrived and was found good; until then only
 * whoever sends it knows of it. A removed one is kept without bytes, so that its client id stays taken.
 */
export type Attachment = {
  projectId: string
  conversationId: string
  id: string
  senderId: string
  clientId: string
  name: string
  size: number
  declaredType: string | null
  /** Of the bytes; null until they were looked at. */
  type: string | null
  state: AttachmentState
  refusedWhy: RefusedWhy | null
  text: string | null
  /** Where the checked bytes are. */
  storageKey: string | null
  expiresAt: Instant
  messageId: string | null
  messageSequence: number | null
}

export type AttachmentState = 'pending' | 'ready' | 'refused' | 'removed'

/** What participants are shown of a file; the address is only of one that is ready. */
export type AttachmentView = Pick<Attachment, 'id' | 'name' | 'size'> & {
  type: string
  state: 'pending' | 'ready' | 'refused'
  url: string | null
}

export type RefusedWhy = keyof typeof REASONS

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** So long an announced file may be uploaded. */
export const UPLOAD_MS = HOUR_MS
/** An upload that began in time may end later; nothing of it is left after this. */
export const LATE_UPLOAD_MS = 30 * MINUTE_MS
/** Storage or sender tell in a moment; after this somebody looks. */
export const LOOK_AFTER_MS = MINUTE_MS
/** A file's address is the same for this long, so that browsers keep what they loaded, and lives as long again. */
export const URL_STEP_MS = HOUR_MS
/** How much of a file is read to judge it. */
export const START_BYTES = 4_096

const REASONS = {
  html: {
    en: 'it is a web page',
    ru: 'это веб-страница',
    kk: 'бұл веб-бет',
  },
  svg: {
    en: 'it is an SVG drawing, which may hold scripts',
    ru: 'это рисунок SVG, в котором могут быть скрипты',
    kk: 'бұл скрипті болуы мүмкін SVG суреті',
  },
  script: {
    en: 'it is a script',
    ru: 'это скрипт',
    kk: 'бұл скрипт',
  },
  executable: {
    en: 'it is a program',
    ru: 'это программа',
    kk: 'бұл бағдарлама',
  },
  'unknown-type': {
    en: 'its type is unknown; images, audio, video, PDF, office documents, text and zip are taken',
    ru: 'тип неизвестен; принимаются изображения, аудио, видео, PDF, офисные документы, текст и zip',
    kk: 'түрі белгісіз; сурет, аудио, бейне, PDF, кеңсе құжаттары, мәтін және zip қабылданады',
  },
  'wrong-size': {
    en: 'it is not as large as announced',
    ru: 'размер не тот, что был объявлен',
    kk: 'өлшемі жарияланғандай емес',
  },
  'message-refused': {
    en: 'its message was refused',
    ru: 'сообщение не принято',
    kk: 'хабары қабылданбады',
  },
} satisfies Record<string, Record<Locale, string>>

export function reasonIn(locale: Locale, why: RefusedWhy): string {
  return REASONS[why][locale]
}

/** The place that an upload goes to. What is found good is moved away from it, out of reach of the upload's address. */
export function uploadKeyOf({ projectId, id }: Pick<Attachment, 'projectId' | 'id'>): string {
  return `${UPLOADS}${projectId}/${id}`
}

/** A key for each version that was looked at, so that nothing else can stand where a judged file stands. */
export function fileKeyOf({ projectId, id }: Pick<Attachment, 'projectId' | 'id'>, version: string): string {
  return `${FILES}${projectId}/${id}/${version}`
}

export const UPLOADS = 'uploads/'
export const FILES = 'files/'

export function readUploadKey(key: string): { projectId: string; id: string } | undefined {
  const [, projectId, id] = /^uploads\/(prj_[0-9A-Z]{26})\/(att_[0-9A-Z]{26})$/.exec(key) ?? []
  return projectId === undefined || id === undefined ? undefined : { projectId, id }
}
