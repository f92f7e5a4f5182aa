import type { RefusedWhy } from './attachment.ts'
import { extensionOf } from './file-name.ts'

export type Judged = { type: string } | { why: RefusedWhy }

const DOCUMENTS = new Set([
  'application/pdf',
  'application/zip',
  'application/rtf',
  'application/x-cfb',
  'application/ogg',
  'application/vnd.visio',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.template',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.template',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
  'application/vnd.openxmlformats-officedocument.presentationml.template',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.text-template',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.spreadsheet-template',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.oasis.opendocument.presentation-template',
  'application/vnd.oasis.opendocument.graphics',
])
const SHOWN_IMAGES = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/apng',
])
const PROGRAMS = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/wasm',
  'application/java-vm',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/x-shockwave-flash',
  'application/x-deb',
  'application/x-rpm',
  'application/x-apple-diskimage',
  'application/x-google-chrome-extension',
  'application/x-xpinstall',
  'application/x.ms.shortcut',
  'application/x.apple.alias',
  'application/vnd.ms-htmlhelp',
  'application/x-ms-regedit',
])
/** What whoever opens the saved file would run, whatever is in it. */
const EXTENSIONS: Readonly<
  Record<Extract<RefusedWhy, 'executable' | 'script' | 'html' | 'svg'>, Set<string>>
> = {
  executable: words(
    'exe dll com scr pif cpl msi msp msix appx apk xapk aab ipa jar war class app dmg pkg deb rpm run elf bin so dylib lnk url scf inf reg chm hlp iso img vhd vhdx swf crx xpi docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm',
  ),
  script: words(
    'bat cmd ps1 psm1 vbs vbe js jse mjs cjs wsf wsh hta sh bash zsh fish py pyw rb pl php phtml phar asp aspx jsp cgi lua tcl applescript scpt command ws sct',
  ),
  html: words('html htm xhtml xht shtml shtm mht mhtml htc'),
  svg: words('svg svgz'),
}
const TEXTS = words(
  'txt text md markdown csv tsv log json jsonl xml yaml yml ini conf srt vtt ics vcf tex eml',
)
const PLAIN = 'text/plain'

/** Judged before anything is uploaded: what its name promises to do. */
export function judgeName(name: string): RefusedWhy | undefined {
  const extension = extensionOf(name)
  return (Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[]).find((why) =>
    EXTENSIONS[why].has(extension),
  )
}

/** Judged by the bytes: what `sniffed` names from their signature, or what they look like when they have none. */
export function judgeType(name: string, sniffed: string | undefined, start: Uint8Array): Judged {
  const named = judgeName(name)
  if (named !== undefined) return { why: named }
  const type = sniffed?.split(';', 1)[0]
  if (type !== undefined && type !== 'application/xml' && !type.startsWith('text/')) return judgeSigned(type)
  const text = textOf(start)
  if (text === undefined) return { why: 'unknown-type' }
  // Shown as text and saved as text, it is text.
  return TEXTS.has(extensionOf(name)) ? { type: PLAIN } : judgeText(text)
}

/** Whether a browser may show it in place of saving it: only what cannot run anything. */
export function isShown(type: string): boolean {
  return SHOWN_IMAGES.has(type) || /^(audio|video)\//.test(type) || type === 'application/pdf'
}

function judgeSigned(type: string): Judged {
  if (PROGRAMS.has(type) || type.includes('macroenabled')) return { why: 'executable' }
  if (type === 'image/svg+xml') return { why: 'svg' }
  return /^(image|audio|video)\//.test(type) || DOCUMENTS.has(type) ? { type } : { why: 'unknown-type' }
}

function judgeText(text: string): Judged {
  const head = text.trimStart().toLowerCase()
  if (/<svg[\s>]/.test(head)) return { why: 'svg' }
  if (
    /<!doctype html|<(html|head|body|script|iframe|object|embed|style|link|meta|form|base|img|a)[\s>/]/.test(
      head,
    )
  )
    return { why: 'html' }
  if (head.startsWith('#!')) return { why: 'script' }
  return { type: PLAIN }
}

/** UTF-8, UTF-16 with its mark, or a page of eight bits: anything without control characters. */
function textOf(start: Uint8Array): string | undefined {
  if (start.length === 0) return undefined
  const marked = { '255,254': 'utf-16le', '254,255': 'utf-16be' }[start.slice(0, 2).join()]
  const text = new TextDecoder(marked ?? 'utf-8').decode(start)
  // eslint-disable-next-line no-control-regex -- these are what tells bytes from text
  return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(text) ? undefined : text
}

function words(list: string): Set<string> {
  return new Set(list.split(' '))
}
