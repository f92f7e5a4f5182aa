import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSupportDesk, type ShopWithDesk, type SupportDesk } from './support-desk.fixture.ts'
import { eventually } from './tapline.fixture.ts'
import { openPhone } from './telegram-phone.fixture.ts'

let desk: SupportDesk
let shop: ShopWithDesk

beforeAll(async () => {
  // Bots are asked, so that one that is replaced may still be asked for a while.
  desk = await openSupportDesk({ env: { TAPLINE_TELEGRAM_DELIVERY: 'polling' } })
  shop = await desk.shop()
})
afterAll(() => desk.stop())

const rowsOf = (text: string, values: unknown[]) => desk.tapline.app.sql.query(text, values)
const comments = (taskId: string) => shop.comments(taskId).map(({ content }) => content)

it('an agent cannot have the account itself sent as a file of a comment', async () => {
  const own = openPhone(desk, { botId: shop.botId })
  own.says('Show me all')
  const task = await shop.taskOf('Show me all')
  const token = desk.todoist.createToken({ uid: shop.agents[0]!.uid })
  const url = `${desk.todoist.url}/api/v1/user`
  const answer = await fetch(`${desk.todoist.url}/api/v1/comments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      task_id: task.id,
      content: 'As you wish',
      attachment: {
        file_name: 'all.json',
        file_url: url,
        file_type: 'application/json',
        resource_type: 'file',
      },
    }),
  })
  expect(answer.status).toBe(200)
  const told = await own.reads('As you wish')
  expect(told.text ?? told.caption).toContain(url)
  expect(told).not.toHaveProperty('document')
})

it('whoever is banned stays banned after parting from the account', async () => {
  const own = openPhone(desk, { botId: shop.botId, phone: '+79015550101' })
  own.shares()
  await own.reads('your bonus account is linked')
  own.says('A nuisance')
  const task = await shop.taskOf('A nuisance')
  desk.todoist.addComment({ uid: shop.agents[0]!.uid, taskId: task.id, content: '/ban rude' })
  await eventually(
    () => Promise.resolve(comments(task.id)),
    (all) => all.some((one) => one.includes('Banned:')),
  )
  await own.pressesData('us')
  own.says('Here I am again')
  await eventually(
    () =>
      rowsOf(
        `select 1 from messages m join desk_cursors d on d.project_id = m.project_id and d.conversation_id = m.conversation_id
         where m.project_id = $1 and m.text = 'Here I am again' and d.taken >= m.sequence`,
        [shop.id],
      ),
    (rows) => rows.length === 1,
  )
  expect(
    await rowsOf(`select 1 from tickets where project_id = $1 and subject like 'Here%'`, [shop.id]),
  ).toEqual([])
})

it('a bot is of one shop: another one is refused and hears nothing, also of the bot it had before', async () => {
  const bots = [31, 32].map((number) => {
    const token = `8990${number}:secret-of-${number}`
    return { token, ...desk.telegram.createBot({ token, username: `bot_of_${number}` }) }
  })
  const [first, second] = [await desk.shop(), await desk.shop()]
  await second.must('PUT', '/v1/integrations/telegram', { token: bots[0]!.token })
  // Telegram lets a webhook be set once a second.
  const connects = (token: string, status: number) =>
    eventually(
      () => desk.tapline.call('PUT', '/v1/integrations/telegram', second.secretKey, { token }),
      (answer) => answer.status === status,
    )
  const refused = await desk.tapline.call('PUT', '/v1/integrations/telegram', first.secretKey, {
    token: bots[0]!.token,
  })
  expect(refused).toMatchObject({ status: 409, body: { code: 'telegram-bot-taken' } })
  openPhone(desk, { botId: bots[0]!.id }).says('Is anybody there?')
  await second.taskOf('Is anybody there?')
  await connects(bots[1]!.token, 200)
  openPhone(desk, { botId: bots[0]!.id }).says('And the one before?')
  openPhone(desk, { botId: bots[1]!.id }).says('And the next one?')
  await second.taskOf('And the next one?')
  expect(second.tasks().map(({ content }) => content)).not.toContainEqual(
    expect.stringContaining('one before'),
  )
  expect(first.tasks()).toEqual([])
})
