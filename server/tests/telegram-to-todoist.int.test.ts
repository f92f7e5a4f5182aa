import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSupportDesk, type ShopWithDesk, type SupportDesk } from './support-desk.fixture.ts'
import { eventually } from './tapline.fixture.ts'

describe.each([
  { name: 'woken by webhooks', webhooks: true },
  { name: 'by asking alone', webhooks: false },
])('$name', ({ webhooks }) => {
  let desk: SupportDesk
  let shop: ShopWithDesk
  beforeAll(async () => {
    desk = await openSupportDesk({ webhooks })
    shop = await desk.shop()
  })
  afterAll(() => desk.stop())

  it('a question in Telegram is a task, its answer a comment, the end of the task the end of the ticket', async () => {
    const anna = 5_001
    const [olga] = shop.agents
    shop.write(anna, 'Where is my order?')
    const task = await shop.taskOf('Where is my order?')
    expect(task).toMatchObject({ labels: ['telegram'], checked: false })
    await eventually(
      () => Promise.resolve(shop.comments(task.id)),
      (all) => all.some(({ content }) => content.includes('Where is my order?')),
    )

    desk.todoist.addComment({
      uid: olga!.uid,
      taskId: task.id,
      content: 'It is **on its way**, see [here](https://shop.test/t)',
    })
    const answer = await shop.hears(anna, 'on its way')
    expect(answer.text).toContain('Olga')
    expect(answer.entities).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'bold' }),
        expect.objectContaining({ type: 'text_link', url: 'https://shop.test/t' }),
      ]),
    )
    await eventually(
      () => Promise.resolve(desk.todoist.task({ taskId: task.id })),
      ({ responsible_uid: uid }) => uid === olga!.uid,
    )

    desk.todoist.completeTask({ taskId: task.id, by: olga!.uid })
    const asked = await eventually(
      () =>
        Promise.resolve(
          shop.said(anna).find(({ reply_markup: keyboard }) => JSON.stringify(keyboard ?? '').includes('5')),
        ),
      (message) => message !== undefined,
    )
    const rate = asked!
      .reply_markup!.inline_keyboard.flat()
      .find(({ text }: { text: string }) => text.includes('5'))
    desk.telegram.pressButton({
      botId: shop.botId,
      personId: anna,
      messageId: asked!.message_id,
      data: rate!.callback_data!,
    })
    await eventually(
      () => shop.must<{ data: { rating: { score: number } | null; status: string }[] }>('GET', '/v1/tickets'),
      ({ data }) => data[0]?.status === 'solved' && data[0].rating?.score === 5,
    )
  })

  it('what is said later opens it again, and notes stay among agents', async () => {
    const boris = 5_002
    const [olga] = shop.agents
    shop.write(boris, 'The cup is broken')
    const task = await shop.taskOf('The cup is broken')
    desk.todoist.addComment({ uid: olga!.uid, taskId: task.id, content: '// he always says so' })
    desk.todoist.addComment({ uid: olga!.uid, taskId: task.id, content: 'Sorry! A new one is coming.' })
    await shop.hears(boris, 'A new one is coming')
    expect(shop.said(boris).some(({ text }) => text?.includes('always says so'))).toBe(false)
    desk.todoist.completeTask({ taskId: task.id, by: olga!.uid })
    await eventually(
      () => shop.must<{ data: { status: string }[] }>('GET', '/v1/tickets'),
      ({ data }) => data[0]?.status === 'solved',
    )
    shop.write(boris, 'It broke again')
    await eventually(
      () => Promise.resolve(desk.todoist.task({ taskId: task.id })),
      ({ checked }) => !checked,
    )
  })

  it('what is answered to whoever blocked the bot waits, and is told once for each block', async () => {
    const vera = 5_003
    const [olga] = shop.agents
    const { botId } = shop
    const told = () =>
      shop.comments(task.id).filter(({ content }) => content.includes('Not delivered')).length
    const says = (content: string) => desk.todoist.addComment({ uid: olga!.uid, taskId: task.id, content })
    const answers = () =>
      shop.said(vera).flatMap(({ text }) => /(?:First|Second|Third) answer/.exec(text ?? '') ?? [])
    const telegram = () => shop.must<{ unsent: number; dead: number }>('GET', '/v1/integrations/telegram')
    shop.write(vera, 'Do you have mugs?')
    const task = await shop.taskOf('Do you have mugs?')
    desk.telegram.block({ botId, personId: vera })
    says('First answer')
    await eventually(
      () => Promise.resolve(told()),
      (count) => count === 1,
    )
    says('Second answer')
    await eventually(telegram, ({ unsent, dead }) => unsent === 2 && dead === 0)
    expect(told()).toBe(1)
    desk.telegram.unblock({ botId, personId: vera })
    await eventually(
      () => Promise.resolve(answers()),
      (all) => all.length === 2,
    )
    expect(answers()).toEqual(['First answer', 'Second answer'])
    desk.telegram.block({ botId, personId: vera })
    says('Third answer')
    await eventually(
      () => Promise.resolve(told()),
      (count) => count === 2,
    )
    desk.telegram.unblock({ botId, personId: vera })
    shop.write(vera, 'I am back')
    await eventually(
      () => Promise.resolve(answers()),
      (all) => all.length === 3,
    )
  })

  it('a task says whose it is as soon as that is known, and who was given bonuses is told why', async () => {
    const gleb = desk.telegram.createPerson({
      id: 5_004,
      firstName: 'Gleb',
      phone: '+79005550004',
      languageCode: 'en',
    }).id
    const phone = '+79005550004'
    await shop.post({ action: 'register_user', payload: { phone, name: 'Gleb' } }, { prefer: 'wait=10' })
    shop.write(gleb, 'When will it come?')
    const task = await shop.taskOf('When will it come?')
    expect(task.description).toContain('nobody knows yet who it is')
    desk.telegram.shareContact({ botId: shop.botId, personId: gleb })
    await eventually(
      () => Promise.resolve(desk.todoist.task({ taskId: task.id })),
      ({ description }) => description.includes('79005550004') && description.includes('tapline:'),
    )
    const { data } = await shop.must<{ data: { customerId: string | null }[] }>('GET', '/v1/tickets')
    desk.todoist.addComment({ uid: shop.agents[0]!.uid, taskId: task.id, content: '/bonus 50 sorry for the wait' }) // prettier-ignore
    expect(await (await fetch(`${desk.tapline.url}/metrics`)).text()).toMatch(
      /tapline_bridge_oldest_seconds\{queue="telegram-out"\} \d/,
    )
    expect((await shop.hears(gleb, 'sorry for the wait')).text).toContain('+50')
    expect(data[0]!.customerId).toBe((await shop.customer({ phone })).id)
  })
})
