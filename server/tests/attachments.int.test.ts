import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startStorageSimulator,
  type StorageSimulator,
} from '../simulators/storage/start-storage-simulator.ts'
import { refuse } from '../src/kernel/refusal.ts'
import { PNG, startDesk, STORAGE_TOKEN, type Created, type Desk, type Talk } from './attachments.fixture.ts'
import { eventually } from './tapline.fixture.ts'

const PAGE = Buffer.from('<!DOCTYPE html><html><script>alert(document.cookie)</script></html>')

describe.each([['disk'], ['bucket']] as const)('files with a %s', (kind) => {
  let desk: Desk
  let simulator: StorageSimulator | undefined
  let talk: Talk

  beforeAll(async () => {
    simulator = kind === 'bucket' ? await startStorageSimulator() : undefined
    desk = await startDesk({
      s3: simulator && { ...simulator, endpoint: simulator.url, pathStyle: true },
    })
  })
  afterAll(async () => {
    await desk.stop()
    await simulator?.stop()
  })
  beforeEach(async () => {
    talk = await desk.createTalk()
  })
  afterEach(() => {
    expect(desk.faults.splice(0)).toEqual([])
    simulator?.tell(undefined)
    simulator?.clearFaults()
  })

  async function announced(input: object = {}): Promise<Created> {
    const { status, body } = await desk.announce(talk, input)
    expect(status, JSON.stringify(body)).toBe(201)
    return body
  }
  /** Announced and uploaded; with a bucket nobody has said so yet. */
  async function uploaded(input: object = {}, bytes: Uint8Array = PNG): Promise<Created> {
    const created = await announced({ size: bytes.length, ...input })
    const { status, text } = await desk.upload(created, bytes)
    expect(status, text).toBe(200)
    return created
  }
  const confirmed = async (created: Created) => {
    const { status, body } = await desk.confirm(talk, created.attachment.id)
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const stored = async () =>
    simulator !== undefined
      ? simulator.keys().filter((key) => key.includes(talk.projectId))
      : (await readdir(`${desk.dataDirectory}/attachments`, { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile() && entry.parentPath.includes(talk.projectId))
          .map((entry) => entry.name)

  it('are announced, uploaded, judged, and then said', async () => {
    const created = await announced({ name: '../Фото №1.png', text: 'Look', type: 'image/gif' })
    expect(created.attachment).toMatchObject({
      name: 'Фото №1.png',
      size: PNG.length,
      state: 'pending',
      url: null,
    })
    expect(await talk.messages()).toEqual([])
    expect((await desk.upload(created, PNG)).status).toBe(200)
    const ready = await confirmed(created)
    expect(ready).toMatchObject({ state: 'ready', type: 'image/png', name: 'Фото №1.png' })
    const { id } = created.attachment
    expect(await talk.messages()).toMatchObject([{ sequence: 1, senderId: talk.anna.id, text: 'Look', attachmentId: id }]) // prettier-ignore
    const loaded = await fetch(ready.url!)
    expect(loaded.status).toBe(200)
    expect(Buffer.from(await loaded.arrayBuffer()).equals(PNG)).toBe(true)
    expect(loaded.headers.get('content-disposition')).toContain(`filename*=UTF-8''%D0%A4%D0%BE%D1%82%D0%BE`)
    expect((await desk.parts.present(talk.projectId, [id])).get(id)).toEqual(ready)
  })

  it('are seen by nobody but the sender before their message is there', async () => {
    const { attachment } = await announced()
    const { id } = attachment
    for (const who of [talk.boris, talk.vera]) expect((await desk.look(talk, id, who.token)).status).toBe(404)
    expect((await desk.confirm(talk, id, talk.boris.token)).status).toBe(404)
    expect((await desk.look(talk, id)).body).toMatchObject({ state: 'pending', url: null })
    expect((await desk.look(talk, id, talk.secretKey)).status).toBe(200)
  })

  it('are seen by participants afterwards, and by nobody of another conversation or shop', async () => {
    const created = await uploaded()
    await confirmed(created)
    const { id } = created.attachment
    expect((await desk.look(talk, id, talk.boris.token)).body).toMatchObject({ state: 'ready' })
    expect((await desk.look(talk, id, talk.vera.token)).status).toBe(404)
    const other = await desk.createTalk()
    for (const token of [other.anna.token, other.secretKey]) {
      expect((await desk.look(talk, id, token)).status).toBe(404)
      expect((await desk.look(other, id, token)).status).toBe(404)
      expect((await desk.confirm(other, id, token)).status).toBe(404)
    }
    expect((await desk.announce(talk, {}, other.anna.token)).status).toBe(404)
    expect(await desk.parts.present(other.projectId, [id])).toEqual(new Map())
  })

  it('of a bot are announced by the backend', async () => {
    const { status, body } = await desk.announce(talk, { senderId: talk.boris.id }, talk.secretKey)
    expect(status).toBe(201)
    await desk.upload(body, PNG)
    expect((await desk.confirm(talk, body.attachment.id, talk.secretKey)).status).toBe(200)
    expect(await talk.messages()).toMatchObject([{ senderId: talk.boris.id }])
  })

  it('are one, announced as often as it may be', async () => {
    const input = { clientId: 'same-client-id' }
    const before = desk.charges.length
    const answers = await Promise.all(Array.from({ length: 5 }, () => desk.announce(talk, input)))
    expect(new Set(answers.map(({ body }) => body.attachment.id)).size).toBe(1)
    const [first] = answers
    await desk.upload(first!.body, PNG)
    await confirmed(first!.body)
    const again = await announced(input)
    expect(again.attachment).toMatchObject({ id: first!.body.attachment.id, state: 'ready' })
    // An upload that nobody waits for changes nothing.
    await desk.upload(again, Buffer.alloc(PNG.length, 'x'))
    expect((await confirmed(again)).type).toBe('image/png')
    expect(await talk.messages()).toHaveLength(1)
    // Of announcements at the same moment some may have been paid for; of a repeat none.
    const paid = desk.charges.length
    await announced(input)
    expect(desk.charges.length).toBe(paid)
    expect(paid).toBeGreaterThan(before)
  })

  it('are said once, whoever says that they have arrived, all at once and again', async () => {
    const created = await uploaded()
    const { id } = created.attachment
    const records = { Records: [notice('files', `uploads/${talk.projectId}/${id}`)] }
    await desk.age(61)
    await Promise.all([
      ...Array.from({ length: 6 }, () => desk.confirm(talk, id)),
      ...Array.from({ length: 6 }, () => desk.tell(records)),
      desk.parts.sweep(),
      desk.parts.sweep(),
    ])
    await confirmed(created)
    expect(await talk.messages()).toHaveLength(1)
    const { body } = await desk.look(talk, id, talk.boris.token)
    expect(Buffer.from(await (await fetch(body.url!)).arrayBuffer()).equals(PNG)).toBe(true)
    expect(await stored()).toHaveLength(1)
  })

  it('are found by looking when nobody says that they have arrived', async () => {
    await uploaded()
    if (kind === 'disk') return expect(await talk.messages()).toHaveLength(1)
    await desk.parts.sweep()
    expect(await talk.messages()).toEqual([])
    await desk.age(61)
    await desk.parts.sweep()
    expect(await talk.messages()).toHaveLength(1)
  })

  it('wait for their upload', async () => {
    const created = await announced()
    const answer = await desk.confirm(talk, created.attachment.id)
    expect(answer).toMatchObject({ status: 409, body: { code: 'attachment-not-uploaded' } })
    await desk.age(61)
    await desk.parts.sweep()
    await desk.upload(created, PNG)
    await confirmed(created)
  })

  it('that never come are forgotten with what came too late, and may be announced anew', async () => {
    const created = await announced({ clientId: 'never-came' })
    await desk.age(3_600 + 1_799)
    await desk.parts.sweep()
    expect((await desk.look(talk, created.attachment.id)).status).toBe(200)
    await desk.age(700)
    await desk.parts.sweep()
    expect((await desk.look(talk, created.attachment.id)).status).toBe(404)
    const again = await announced({ clientId: 'never-came' })
    expect(again.attachment.id).not.toBe(created.attachment.id)
  })

  it('are taken back with their message', async () => {
    const created = await uploaded({ clientId: 'taken-back' })
    await confirmed(created)
    const { id } = created.attachment
    expect(await stored()).toHaveLength(1)
    await desk.parts.removeFile(talk.projectId, id)
    expect(await stored()).toEqual([])
    expect((await desk.look(talk, id)).status).toBe(404)
    expect(await desk.parts.present(talk.projectId, [id])).toEqual(new Map())
    expect((await desk.announce(talk, { clientId: 'taken-back' })).body.code).toBe('message-deleted')
  })

  it('that were removed within a transaction go with the next sweep', async () => {
    const created = await uploaded()
    await confirmed(created)
    await desk.unitOfWork((transaction) =>
      desk.parts.markRemoved(transaction, talk.projectId, [created.attachment.id]),
    )
    expect(await stored()).toHaveLength(1)
    await desk.parts.sweep()
    expect(await stored()).toEqual([])
  })

  it.each([
    ['too large', { size: 1_000_001 }, 'attachment-too-large', { most: 1_000_000 }],
    ['a program by its name', { name: 'setup.exe' }, 'attachment-refused', { why: 'it is a program' }],
    ['a drawing that may run', { name: 'logo.svg' }, 'attachment-refused', { reason: 'svg' }],
    ['a page', { name: 'x.html' }, 'attachment-refused', { reason: 'html' }],
  ])('are refused before anything is uploaded: %s', async (_, input, code, details) => {
    const { status, body } = await desk.announce(talk, input)
    expect({ status, code: body.code }).toEqual({ status: 422, code })
    expect(body.details).toMatchObject(details)
  })

  it('cost credits, and are refused when those are spent', async () => {
    desk.setCredits(5)
    try {
      await announced()
      expect((await desk.announce(talk)).body.code).toBe('credits-spent')
    } finally {
      desk.setCredits(Number.POSITIVE_INFINITY)
    }
  })

  it.each([
    ['a page disguised as a picture', 'photo.png', PAGE, 'html'],
    [
      'a drawing disguised as a picture',
      'photo.png',
      Buffer.from('<?xml version="1.0"?>\n<svg onload="alert(1)"/>'),
      'svg',
    ],
    [
      'a program disguised as a picture',
      'photo.png',
      Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
      'executable',
    ],
    ['bytes of no known type', 'data.bin1', Buffer.from([1, 2, 3, 0, 5]), 'unknown-type'],
  ])('are refused by their bytes: %s', async (_, name, bytes, reason) => {
    const created = await uploaded({ name }, bytes)
    const { id } = created.attachment
    const answer = await desk.confirm(talk, id)
    expect(answer).toMatchObject({ status: 422, body: { code: 'attachment-refused', details: { reason } } })
    expect((await desk.look(talk, id)).body).toMatchObject({ state: 'refused', url: null })
    expect(await talk.messages()).toEqual([])
    expect(await stored()).toEqual([])
  })

  it('that are text stay text, whatever they look like, and are saved and not shown', async () => {
    const created = await uploaded({ name: 'page.txt' }, PAGE)
    const { type, url } = await confirmed(created)
    expect(type).toBe('text/plain')
    const { headers } = await fetch(url!)
    expect(headers.get('content-type')).toBe('text/plain')
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
  })

  it('whose message is refused are refused', async () => {
    const created = await announced()
    desk.setSaying(refuse('message-refused'))
    try {
      await desk.upload(created, PNG)
      expect((await desk.confirm(talk, created.attachment.id)).status).toBe(422)
      expect((await desk.look(talk, created.attachment.id)).body).toMatchObject({ state: 'refused' })
      expect(await stored()).toEqual([])
    } finally {
      desk.setSaying(undefined)
    }
  })

  it('whose message could not be stored are said a moment later', async () => {
    const created = await announced()
    desk.setSaying(new Error('away'))
    await desk.upload(created, PNG)
    expect((await desk.confirm(talk, created.attachment.id)).status).toBe(500)
    desk.faults.splice(0)
    desk.setSaying(undefined)
    expect((await desk.look(talk, created.attachment.id, talk.boris.token)).status).toBe(404)
    await desk.age(61)
    await desk.parts.sweep()
    expect(await talk.messages()).toHaveLength(1)
    expect((await desk.look(talk, created.attachment.id, talk.boris.token)).status).toBe(200)
  })

  describe('that a bridge has at hand', () => {
    const put = (more: object = {}, bytes: Uint8Array = PNG) => {
      const speaker = { participantId: talk.anna.id, kind: 'visitor' as const, name: 'Anna', customerId: null, agentId: null } // prettier-ignore
      const { projectId, conversationId } = talk
      let loads = 0
      const load = async () => (loads++, bytes)
      const file = { projectId, conversationId, speaker, clientId: 'tg:1:2', name: 'photo-2.jpg', size: bytes.length, declaredType: null, text: 'Look' } // prettier-ignore
      return desk.parts.put({ ...file, bytes: load, ...more }).then((outcome) => ({ outcome, loads }))
    }
    const read = async (id: string) => {
      const file = await desk.parts.read(talk.projectId, id)
      const pieces: Uint8Array[] = []
      for await (const piece of (await file?.open()) ?? []) pieces.push(piece)
      return { ...file, bytes: Buffer.concat(pieces) }
    }

    it('are put, judged and said at once, once for each client id, and read again', async () => {
      const many = await Promise.allSettled([put({ size: 1 }), put(), put()])
      const outcomes = many.flatMap((one) => (one.status === 'fulfilled' ? [one.value.outcome] : []))
      const [said] = await talk.messages()
      expect(said).toMatchObject({ sequence: 1, text: 'Look', senderId: talk.anna.id })
      for (const outcome of outcomes) expect(outcome).toEqual({ messageId: said!.id, sequence: 1 })
      expect(await put()).toEqual({ outcome: outcomes[0], loads: 0 })
      expect(await talk.messages()).toHaveLength(1)
      expect(await read(said!.attachmentId!)).toMatchObject({ name: 'photo-2.jpg', type: 'image/png', bytes: PNG }) // prettier-ignore
    })

    it('go on where whoever put them died', async () => {
      const clientId = 'tg:1:3'
      await put({ clientId, bytes: () => Promise.reject(new Error('away')) }).catch(() => undefined)
      expect(await talk.messages()).toEqual([])
      desk.setSaying(new Error('died'))
      await expect(put({ clientId })).rejects.toThrow('died')
      desk.setSaying(undefined)
      expect(await put({ clientId })).toMatchObject({ loads: 0, outcome: { sequence: 1 } })
      expect(await talk.messages()).toHaveLength(1)
    })

    it.each([
      ['voice-2.ogg', 'audio/ogg', `OggS\0\u0002${'\0'.repeat(22)}OpusHead\u0001\u0001${'\0'.repeat(40)}`],
      ['video-2.mp4', 'video/mp4', `\0\0\0\u0018ftypisom\0\0\u0002\0isommp41${'\0'.repeat(40)}`],
      ['sticker-2.webp', 'image/webp', `RIFF\u001a\0\0\0WEBPVP8 ${'\0'.repeat(40)}`],
      ['без расширения', 'application/pdf', `%PDF-1.7\n${'a'.repeat(40)}`],
      ['\u202egnp.счёт №5.txt', 'text/plain', 'Счёт'],
    ])('%j is taken as %s', async (name, type, text) => {
      const bytes = Buffer.from(text, type === 'text/plain' ? 'utf8' : 'latin1')
      expect((await put({ name }, bytes)).outcome).toMatchObject({ sequence: 1 })
      const { attachmentId } = (await talk.messages())[0]!
      expect(await read(attachmentId!)).toMatchObject({ name: name.replace('\u202e', ''), type, bytes })
    })

    it.each([
      ['too-large.bin', { size: 1_000_001 }, 'attachment-too-large', undefined, 0],
      ['setup.exe', {}, 'attachment-refused', 'это программа', 0],
      ['sticker.tgs', {}, 'attachment-refused', 'тип неизвестен; принимаются', 1],
    ])('%s is refused, with why', async (name, more, refused, why, loads) => {
      const answered = await put({ name, ...more }, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]))
      expect(answered).toMatchObject({ outcome: { refused }, loads })
      if (why !== undefined && 'refused' in answered.outcome)
        expect(desk.parts.explain(answered.outcome, 'ru').details?.why).toContain(why)
      expect(await talk.messages()).toEqual([])
      // Said again, it is not loaded again.
      expect(await put({ name, ...more })).toMatchObject({ outcome: { refused }, loads: 0 })
    })

    it('are not said again after they were taken back', async () => {
      await put()
      const { attachmentId } = (await talk.messages())[0]!
      await desk.parts.removeFile(talk.projectId, attachmentId!)
      expect((await put()).outcome).toEqual({ refused: 'message-deleted' })
      expect(await desk.parts.read(talk.projectId, attachmentId!)).toBeUndefined()
    })
  })

  describe('a storage that tells', () => {
    const keyOf = ({ attachment }: Created) => `uploads/${talk.projectId}/${attachment.id}`

    it.each([
      ['no token', undefined],
      ['a wrong one', 'token-of-somebody-else-0123456789'],
      ['a key of ours', 'sk_1'],
    ])('is believed by its token only: %s', async (_, token) => {
      const created = await uploaded()
      const before = await talk.messages()
      const { status, body } = await desk.call<{ code: string }>('POST', '/v1/storage-events', token, {
        Records: [notice('files', keyOf(created))],
      })
      expect([status, body.code]).toEqual([401, 'unauthorized'])
      expect(await talk.messages()).toEqual(before)
    })

    it.each([
      ['nothing', {}],
      ['a test', { Service: 'Amazon S3', Event: 's3:TestEvent' }],
      ['no key', { Records: [{ eventName: 's3:ObjectCreated:Put' }] }],
      ['broken encoding', { Records: [notice('files', '%E0%A4%A')] }],
      ['a way out', { Records: [notice('files', 'uploads/../../etc/passwd')] }],
      ['a file of nobody', { Records: [notice('files', 'uploads/prj_01M7Y6FQC14XA870Q1KZXZ0WQ3/att_01M7Y6FQC14XA870Q1KZXZ0WQ3')] }], // prettier-ignore
    ])('may tell of %s', async (_, body) => {
      expect((await desk.tell(body)).status).toBe(204)
    })

    it('and is not heard when it tells of what is not there', async () => {
      const created = await announced()
      expect((await desk.tell({ Records: [notice('files', keyOf(created))] })).status).toBe(204)
      expect((await desk.look(talk, created.attachment.id)).body).toMatchObject({ state: 'pending' })
      expect(await talk.messages()).toEqual([])
    })

    if (kind === 'disk') return

    const listening = () => simulator!.tell({ url: `${desk.url()}/v1/storage-events`, token: STORAGE_TOKEN })
    const isSaid = () => eventually(talk.messages, (messages) => messages.length > 0)

    it('makes the message appear by itself', async () => {
      listening()
      await uploaded()
      await isSaid()
    })

    it('twice is harmless', async () => {
      listening()
      simulator!.failNextNotice({ times: 1, effect: 'duplicate' })
      await uploaded()
      await isSaid()
      await eventually(async () => simulator!.isQuiet(), Boolean)
      expect(await talk.messages()).toHaveLength(1)
    })

    it('late is harmless', async () => {
      listening()
      simulator!.failNextNotice({ times: 1, effect: { delayMs: 300 } })
      const created = await uploaded()
      await confirmed(created)
      await eventually(async () => simulator!.isQuiet(), Boolean)
      expect(await talk.messages()).toHaveLength(1)
    })

    it('never, is made up for by looking', async () => {
      listening()
      simulator!.failNextNotice({ times: 1, effect: 'lose' })
      await uploaded()
      await desk.age(61)
      await desk.parts.sweep()
      expect(await talk.messages()).toHaveLength(1)
    })

    it('and is busy when asked is told to tell again', async () => {
      listening()
      simulator!.failNext({ times: 2, operation: 'HEAD', effect: { status: 503 } })
      await uploaded()
      await isSaid()
      const statuses = simulator!.notices().map(({ status }) => status)
      expect(statuses.slice(-3, -1)).toContain(503)
      expect(desk.faults.splice(0).length).toBe(2)
    })

    it('of another bucket is not ours', async () => {
      const created = await uploaded()
      await desk.tell({ Records: [notice('other', keyOf(created))] })
      await desk.tell({
        Records: [{ ...notice('files', keyOf(created)), eventName: 's3:ObjectRemoved:Delete' }],
      })
      expect(await talk.messages()).toEqual([])
    })

    it.each(['HEAD', 'GET', 'COPY', 'DELETE'])('and breaks off at %s loses nothing', async (operation) => {
      const created = await uploaded()
      for (const effect of ['drop', 'drop-after-doing'] as const) {
        simulator!.failNext({ times: 1, operation, effect })
        await desk.confirm(talk, created.attachment.id)
      }
      await confirmed(created)
      expect(await talk.messages()).toHaveLength(1)
      desk.faults.splice(0)
    })

    it('cannot be made to keep other bytes than those that were judged', async () => {
      const created = await uploaded(
        { size: PAGE.length },
        Buffer.concat([PNG, PAGE]).subarray(0, PAGE.length),
      )
      simulator!.failNext({ times: 1, operation: 'COPY', delayMs: 300 })
      const confirming = confirmed(created)
      await eventually(async () => simulator!.calls('GET').some(({ key }) => key === keyOf(created)), Boolean)
      await desk.upload(created, PAGE)
      await confirming.catch(() => undefined)
      const { body } = await desk.look(talk, created.attachment.id)
      if (body.url !== null) expect(await (await fetch(body.url)).text()).not.toContain('<script>')
      else expect(body.state).toBe('refused')
      expect(simulator!.keys().some((key) => key.startsWith(`files/${talk.projectId}`) && simulator!.object(key)!.bytes.equals(PAGE))).toBe(false) // prettier-ignore
    })
  })
})

describe('a disk behind our own addresses', () => {
  let desk: Desk
  let talk: Talk
  beforeAll(async () => {
    desk = await startDesk()
    talk = await desk.createTalk()
  })
  afterAll(() => desk.stop())
  afterEach(() => expect(desk.faults.splice(0)).toEqual([]))

  const fileOf = async (name: string, bytes: Uint8Array) => {
    const { body: created } = await desk.announce(talk, { name, size: bytes.length })
    await desk.upload(created, bytes)
    const { body } = await desk.confirm(talk, created.attachment.id)
    return body
  }

  it('hands out what can run nowhere', async () => {
    for (const [name, bytes, disposition] of [
      ['photo.png', PNG, 'inline'],
      ['notes.txt', PAGE, 'attachment'],
      ['price.zip', Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]), 'attachment'],
    ] as const) {
      const { url } = await fileOf(name, bytes)
      const { headers } = await fetch(url!)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('content-disposition')).toMatch(new RegExp(`^${disposition}; `))
    }
  })

  it('shows a PDF without a sandbox, which would forbid its viewer', async () => {
    const { url, type } = await fileOf('a.pdf', Buffer.from('%PDF-1.7\n'))
    expect(type).toBe('application/pdf')
    const { headers } = await fetch(url!)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  })

  it('answers HEAD and ranges', async () => {
    const { url } = await fileOf('photo.png', PNG)
    const head = await fetch(url!, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(PNG.length)])
    const part = await fetch(url!, { headers: { range: 'bytes=1-3' } })
    expect([part.status, await part.text()]).toEqual([206, 'PNG'])
  })

  it('is used from the pages of any shop', async () => {
    const { body } = await desk.announce(talk)
    const preflight = await fetch(body.upload.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' }, // prettier-ignore
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type')
  })

  it.each([
    ['more than announced', PNG.length + 1, 413, 'body-too-large'],
    ['less than announced', PNG.length - 1, 400, 'request-aborted'],
  ])('takes nothing of %s, with a length or without', async (_, size, status, code) => {
    const { body: created } = await desk.announce(talk)
    const named = await desk.upload(created, Buffer.alloc(size, 1))
    expect([named.status, JSON.parse(named.text).code]).toEqual([status, code])
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const request = httpRequest(
        created.upload.url,
        { method: 'PUT', headers: { 'transfer-encoding': 'chunked' } },
        (response) => {
          // prettier-ignore
          let text = ''
          response.on('data', (piece: Buffer) => (text += piece.toString())).on('end', () => resolve({ status: response.statusCode!, text })) // prettier-ignore
        },
      )
      request.on('error', reject)
      request.write(Buffer.alloc(size - 1, 1))
      request.end(Buffer.alloc(1, 1))
    })
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code])
    expect((await desk.confirm(talk, created.attachment.id)).status).toBe(409)
    const left = await readdir(`${desk.dataDirectory}/attachments/uploads`, { recursive: true, withFileTypes: true }) // prettier-ignore
    expect(left.filter((entry) => entry.isFile())).toEqual([])
  })

  it('leaves nothing of an upload that broke off, and takes it again', async () => {
    const bytes = Buffer.concat([PNG, Buffer.alloc(200_000)])
    const { body: created } = await desk.announce(talk, { size: bytes.length })
    await new Promise<void>((resolve) => {
      const request = httpRequest(created.upload.url, { method: 'PUT', headers: { 'content-length': bytes.length } }) // prettier-ignore
      request.on('error', () => resolve())
      request.write(bytes.subarray(0, 1_000), () => setTimeout(() => request.destroy(new Error('gone')), 50))
    })
    await eventually(
      () => readdir(`${desk.dataDirectory}/attachments/uploads/${talk.projectId}`),
      (names) => names.length === 0,
    )
    expect((await desk.upload(created, bytes)).status).toBe(200)
    expect((await desk.confirm(talk, created.attachment.id)).body).toMatchObject({ state: 'ready' })
  })

  it('lets nobody in by an address that was made up or is for something else', async () => {
    const { body: created } = await desk.announce(talk)
    const { url } = await fileOf('photo.png', PNG)
    const token = (address: string) => address.slice(address.lastIndexOf('/') + 1)
    const put = (of: string) => fetch(`${desk.url()}/v1/uploads/${of}`, { method: 'PUT', body: PNG })
    for (const of of ['x', 'a.b', token(url!), `${token(created.upload.url)}x`, '..%2f..%2fetc%2fpasswd'])
      expect((await put(of)).status, of).toBe(401)
    for (const of of ['x', token(created.upload.url), '..%2f..%2fetc%2fpasswd'])
      expect((await fetch(`${desk.url()}/v1/files/${of}`)).status, of).toBe(401)
    expect((await fetch(created.upload.url)).status).toBe(404)
  })
})

function notice(bucket: string, key: string) {
  return {
    eventName: 's3:ObjectCreated:Put',
    awsRegion: '',
    s3: {
      bucket: { name: bucket, arn: 'x' },
      object: { key: key.replaceAll('/', '%2F'), size: 1, eTag: 'x' },
    },
  }
}
