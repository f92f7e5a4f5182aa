import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDesk, type Desk } from './desk.fixture.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.stop())

const upload = async (
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  type = 'application/pdf',
  told?: string,
) => {
  const form = new FormData()
  if (told !== undefined) form.append('file_name', told)
  form.append('file', new Blob([bytes], { type }), name)
  const response = await fetch(`${desk.simulator.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${desk.simulator.owner.token}` },
    body: form,
  })
  return { status: response.status, body: (await response.json()) as { file_url: string } }
}

it('takes a file with a Cyrillic name and gives it back by way of the second host', async () => {
  const { simulator, projectId, agent } = desk
  const bytes = new Uint8Array([0, 13, 10, 45, 45, 255, 128])
  const { body: attachment } = await upload('счёт №5 "май".pdf', bytes)
  expect(attachment).toMatchObject({
    file_name: 'счёт №5 "май".pdf',
    file_size: 7,
    file_type: 'application/pdf',
    resource_type: 'file',
    upload_state: 'completed',
  })
  const task = simulator.createTask({ projectId, content: 'Ticket' })
  const comment = await desk.api.addComment({
    taskId: task.id,
    content: '',
    attachment: { fileName: 'x', fileUrl: attachment.file_url, fileType: 'x', resourceType: 'file' },
  })
  expect(comment.fileAttachment).toMatchObject({ fileName: 'счёт №5 "май".pdf', fileSize: 7 })

  const authorization = { Authorization: `Bearer ${simulator.createToken({ uid: agent })}` }
  const hop = await fetch(attachment.file_url, { headers: authorization, redirect: 'manual' })
  const location = hop.headers.get('location')!
  expect(hop.status).toBe(302)
  expect(new URL(location).origin).toBe(simulator.cdnUrl)
  const download = await fetch(attachment.file_url, { headers: authorization })
  expect(new Uint8Array(await download.arrayBuffer())).toEqual(bytes)
  expect(simulator.leakedTokens()).toEqual([])

  expect((await fetch(attachment.file_url)).status).toBe(401)
  const stranger = simulator.createToken({ uid: simulator.createUser({}).uid })
  expect(
    (await fetch(attachment.file_url, { headers: { Authorization: `Bearer ${stranger}` } })).status,
  ).toBe(404)
  expect((await fetch(location, { headers: authorization })).status).toBe(400)
  expect(simulator.leakedTokens()).toMatchObject([{ authorization: authorization.Authorization }])
})

it('keeps to the size of the plan and may take its time', async () => {
  const { simulator, projectId } = desk
  simulator.changeSettings({ plan: 'free', uploadPendingMs: 5000 })
  expect(await upload('big.bin', new Uint8Array(5 * 1024 * 1024 + 1))).toMatchObject({ status: 400 })
  const { body: attachment } = await upload('blob', new Uint8Array(5 * 1024 * 1024), 'image/jpeg', 'фото.jpg')
  expect(attachment).toMatchObject({ upload_state: 'pending', resource_type: 'image', file_name: 'фото.jpg' })
  const { id } = simulator.createTask({ projectId, content: 'Ticket' })
  await desk.call('POST', '/api/v1/comments', { task_id: id, content: 'see', attachment })
  const { sync_token } = (await desk.sync({ sync_token: '*', resource_types: ['notes'] })).body
  const headers = { Authorization: `Bearer ${simulator.owner.token}` }
  expect((await fetch(attachment.file_url, { headers })).status).toBe(404)

  simulator.advanceClock({ milliseconds: 5000 })
  expect((await desk.sync({ sync_token, resource_types: ['notes'] })).body.notes).toMatchObject([
    { file_attachment: { upload_state: 'completed' } },
  ])
  expect((await fetch(attachment.file_url, { headers })).status).toBe(200)
  await desk.call('DELETE', '/api/v1/uploads', { file_url: attachment.file_url })
  expect((await fetch(attachment.file_url, { headers })).status).toBe(404)
})

it('hands an agent’s own attachment over', async () => {
  const { simulator, projectId, agent } = desk
  const { id } = simulator.createTask({ projectId, content: 'Ticket' })
  const base64 = Buffer.from('привет').toString('base64')
  const { file_attachment } = simulator.addComment({
    uid: agent,
    taskId: id,
    attachment: { name: 'ответ.txt', type: 'text/plain', base64 },
  })
  const headers = { Authorization: `Bearer ${simulator.owner.token}` }
  expect(await (await fetch(file_attachment!.file_url!, { headers })).text()).toBe('привет')
})
