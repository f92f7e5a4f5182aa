export type FileType =
  'photo' | 'document' | 'video' | 'audio' | 'voice' | 'video_note' | 'sticker' | 'animation'

interface FileTypeTraits {
  folder: string
  extension: string
  mimeType: string
}

export const FILE_TYPES: Record<FileType, FileTypeTraits> = {
  photo: { folder: 'photos', extension: 'jpg', mimeType: 'image/jpeg' },
  document: { folder: 'documents', extension: '', mimeType: 'application/octet-stream' },
  video: { folder: 'videos', extension: 'mp4', mimeType: 'video/mp4' },
  audio: { folder: 'music', extension: 'mp3', mimeType: 'audio/mpeg' },
  voice: { folder: 'voice', extension: 'oga', mimeType: 'audio/ogg' },
  video_note: { folder: 'video_notes', extension: 'mp4', mimeType: 'video/mp4' },
  sticker: { folder: 'stickers', extension: 'webp', mimeType: 'image/webp' },
  animation: { folder: 'animations', extension: 'mp4', mimeType: 'video/mp4' },
}

const MIME_TYPES: Record<string, string> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  heic: 'image/heic',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  m4a: 'audio/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  wav: 'audio/x-wav',
  webm: 'video/webm',
  webp: 'image/webp',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

/** Telegram goes by the end of the name; clients send application/octet-stream for everything. */
export function mimeTypeOf(type: FileType, fileName: string | undefined): string {
  return MIME_TYPES[extensionOf(fileName)] ?? FILE_TYPES[type].mimeType
}

export function extensionOf(fileName: string | undefined): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? ''
}
