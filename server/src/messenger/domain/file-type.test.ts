import { describe, expect, it } from 'vitest'
import { isShown, judgeName, judgeType } from './file-type.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const PAGE = '<!DOCTYPE html><script>alert(1)</script>'
const DRAWING = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'

describe('a file is judged by its bytes', () => {
  it.each([
    ['photo.png', 'image/png', '', 'image/png'],
    ['voice', 'audio/ogg; codecs=opus', '', 'audio/ogg'],
    [
      'a.docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      '',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['a.zip', 'application/zip', '', 'application/zip'],
    ['photo.png', undefined, 'just words', 'text/plain'],
    ['note', undefined, 'Здравствуйте\r\n\tесть вопрос', 'text/plain'],
    ['page.txt', undefined, PAGE, 'text/plain'],
    ['data.xml', 'application/xml', '<?xml version="1.0"?><order/>', 'text/plain'],
    ['data.xml', 'application/xml', DRAWING, 'text/plain'],
  ])('%s of %s is let in as what it is', (name, sniffed, text, type) => {
    expect(judgeType(name, sniffed, bytes(text))).toEqual({ type })
  })

  it('an older page of letters is text too', () => {
    expect(judgeType('note.txt', undefined, Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2))).toEqual({
      type: 'text/plain',
    })
    expect(judgeType('note', undefined, Uint8Array.of(0xff, 0xfe, 0x1f, 0x04))).toEqual({
      type: 'text/plain',
    })
  })

  it.each([
    ['photo.png', undefined, PAGE, 'html'],
    ['photo.png', undefined, `   <b></b> <ScRipt>x`, 'html'],
    ['photo.png', 'application/xml', DRAWING, 'svg'],
    ['photo.svg', 'image/png', '', 'svg'],
    ['photo.png', 'application/x-msdownload', '', 'executable'],
    ['setup.exe', 'image/png', '', 'executable'],
    ['macro.doc', 'application/vnd.ms-word.document.macroenabled.12', '', 'executable'],
    ['run.sh', undefined, 'echo', 'script'],
    ['run', undefined, '#!/bin/sh\n', 'script'],
    ['page.HTML', undefined, 'words', 'html'],
    ['data', undefined, 'a\u0000b', 'unknown-type'],
    ['archive.7z', 'application/x-7z-compressed', '', 'unknown-type'],
    ['font.woff', 'font/woff', '', 'unknown-type'],
  ])('%s of %s %j is refused: %s', (name, sniffed, text, why) => {
    expect(judgeType(name, sniffed, bytes(text))).toEqual({ why })
  })
})

it('only what cannot run anything is shown in place', () => {
  expect(['image/png', 'video/mp4', 'audio/ogg', 'application/pdf'].every(isShown)).toBe(true)
  expect(['image/svg+xml', 'text/html', 'text/plain', 'application/zip', 'image/tiff'].some(isShown)).toBe(
    false,
  )
})

it('a name alone may be enough to refuse', () => {
  expect(['a.exe', 'a.pdf', 'a.svg', 'a.JS', 'exe'].map(judgeName)).toEqual([
    'executable',
    undefined,
    'svg',
    'script',
    undefined,
  ])
})
