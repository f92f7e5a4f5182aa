import { accept, isRefused } from '../answer.ts'
import type { FileType } from '../file-types.ts'
import { readCaption } from '../message-text.ts'
import { postTo, readDestination, tooSoon } from './destination.ts'
import { attach, readInputFile } from './input-file.ts'
import type { Method } from './method.ts'

const sendFile =
  (type: FileType): Method =>
  (call) => {
    const { parameters } = call
    const file = readInputFile(call, type, parameters[type], parameters)
    if (isRefused(file)) return file
    const caption = readCaption(parameters.caption, parameters.parse_mode)
    if (isRefused(caption)) return caption
    const destination = readDestination(call)
    if (isRefused(destination)) return destination
    const refused = tooSoon(call, destination.chat)
    if (refused) return refused

    const attachment = attach(call, file)
    return accept(postTo(call, destination, { attachment, ...(attachment.takesCaption && caption) }))
  }

export const sendPhoto = sendFile('photo')
export const sendDocument = sendFile('document')
export const sendVideo = sendFile('video')
export const sendAudio = sendFile('audio')
export const sendVoice = sendFile('voice')
export const sendVideoNote = sendFile('video_note')
export const sendSticker = sendFile('sticker')
export const sendAnimation = sendFile('animation')
