import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, openTildaShop, regular, type TildaShop } from './tilda-shop.fixture.ts'

let world: TildaShop

describe.skipIf(!existsSync(CHROMIUM))('a Tilda site with bonuses', () => {
  beforeAll(async () => {
    world = await openTildaShop()
  })
  afterAll(() => world.stop())

  it('says what is earned, and the order earns it', async () => {
    const { page, box, puts, submits, complaints } = await world.visit()
    await page.getByText('+74 бонуса').first().waitFor()
    await puts('Кружка')
    await expect.poll(() => box.innerText()).toContain('За этот заказ: +74 бонуса')
    await page.screenshot({ path: '/tmp/tilda-1.png' })
    await submits('new@example.com')
    await world.site.webhooksSettled()
    expect(world.site.webhooks().at(-1)).toMatchObject({ status: 200 })
    await expect
      .poll(async () => (await world.shop.customer({ email: 'new@example.com' })).bonuses.available)
      .toBe('74.00')
    expect(complaints).toEqual([])
  })
})
void regular
