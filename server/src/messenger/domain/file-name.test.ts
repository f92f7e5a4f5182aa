import { describe, expect, it } from 'vitest'
import { extensionOf, safeFileName } from './file-name.ts'

describe('a safe file name', () => {
  it.each([
    ['Счёт №5 за октябрь.pdf', 'Счёт №5 за октябрь.pdf'],
    ['Қазақша құжат ӘІҢҒҮҰҚӨҺ.docx', 'Қазақша құжат ӘІҢҒҮҰҚӨҺ.docx'],
    ['照片 👩‍👧.png', '照片 👩‍👧.png'],
    ['C:\\fakepath\\photo.png', 'photo.png'],
    ['../../etc/passwd', 'passwd'],
    ['a/b/', 'b'],
    ['a/..', 'a'],
    ['..', 'file'],
    ['', 'file'],
    ['\u0000\u0007', 'file'],
    ['.htaccess', 'htaccess'],
    ['photo.png. . ', 'photo.png'],
    ['line\r\nbreak\u2028.txt', 'linebreak.txt'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['\u200Fx\u2066y\uFEFF.txt', 'xy.txt'],
    ['a<b>:"c|d?e*.txt', 'a_b___c_d_e_.txt'],
    ['nul', '_nul'],
    ['CON.txt', '_CON.txt'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['LPT¹.pdf', '_LPT¹.pdf'],
    ['console.txt', 'console.txt'],
    ['.png', 'png'],
    ['e\u0301.txt', 'é.txt'],
    ['half\ud800.txt', 'half.txt'],
  ])('of %j is %j', (given, name) => {
    expect(safeFileName(given)).toBe(name)
  })

  it.each(['я', 'x', '😀'])('has at most 255 bytes, whole characters, and its extension (%s)', (letter) => {
    const name = safeFileName(`${letter.repeat(255)}.jpeg`)
    const bytes = Buffer.byteLength(name)
    expect(bytes).toBeLessThanOrEqual(255)
    expect(bytes).toBeGreaterThan(250)
    expect(name).toMatch(/^(я+|x+|😀+)\.jpeg$/u)
  })

  it('gives up an extension that is none', () => {
    const name = safeFileName(`a.${'b'.repeat(300)}`)
    expect(Buffer.byteLength(name)).toBe(255)
  })

  it('stays as it is when made safe again', () => {
    for (const given of ['..a..', '  x .txt ', 'con', `${'я'.repeat(200)}. .pdf`, 'a.\u202e', '_/ ./.']) {
      const once = safeFileName(given)
      expect(safeFileName(once)).toBe(once)
    }
  })
})

it('extensions are in small letters', () => {
  expect(['a.PNG', 'a', 'a.tar.GZ', 'a.'].map(extensionOf)).toEqual(['png', '', 'gz', ''])
})
