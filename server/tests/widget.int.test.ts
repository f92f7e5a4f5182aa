import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Line } from './chat-desk.fixture.ts'
import { bubble, field, hasChromium, openWidgetPages, panel, said, say, type WidgetPages } from './widget-page.fixture.ts' // prettier-ignore

describe.skipIf(!hasChromium)('the widget in a page', () => {
  let shop: WidgetPages
  let agent: Line

  beforeAll(async () => {
    shop = await openWidgetPages()
    agent = await shop.desk.connect(await shop.desk.agent('Olga'), { follow: 'project' })
  })
  afterEach(() => shop.leave())
  afterAll(() => shop.stop())

  /** The conversation in which this was said, when the agent has it. */
  const heard = async (text: string): Promise<string> => {
    const frame = await agent.frame('events', ({ events }) =>
      events.some((event) => event.kind === 'message' && event.message.text === text),
    )
    return frame.events[0]!.conversationId
  }

  it('a first message reaches the agent, and the answer is shown', async () => {
    const { open, complaints } = await shop.visit()
    const page = await open('/')
    await say(page, 'Is it in blue?')
    const id = await heard('Is it in blue?')
    await agent.send(id, 'It is, in M and L.')
    await expect.poll(() => said(page)).toEqual(['Is it in blue?', 'It is, in M and L.'])
    await expect.poll(() => panel(page).locator('.mine .state').getAttribute('aria-label')).toBe('Sent')
    expect(complaints.filter((line) => !line.includes('503'))).toEqual([])
    expect(await bubble(page).isVisible()).toBe(true)
    expect(await field(page).inputValue()).toBe('')
  })
})
