import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openDesk, type Desk } from '../desk.fixture.ts'

const CHROMIUM = '/usr/bin/chromium'
const inBrowser = it.skipIf(!existsSync(CHROMIUM))
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Browser | undefined
let page: Page
let complaints: string[]
let desk: Desk
let taskId: string

beforeAll(async () => {
  if (existsSync(CHROMIUM)) browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
})
afterAll(() => browser?.close())

beforeEach(async () => {
  desk = await openDesk()
  const { simulator, projectId, newId } = desk
  taskId = simulator.createTask({
    projectId,
    sectionId: newId,
    content: 'Ticket <img src=x onerror=alert(1)>',
    description: '**Анна** · [order](https://a.example/1) · [bad](javascript:alert(1))',
  }).id
  complaints = []
})
afterEach(async () => {
  await page?.context().close()
  await desk.stop()
})

const openBoard = async (width: number, height: number) => {
  page = await browser!.newPage({ locale: 'en-US', viewport: { width, height } })
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push('a dialog was opened')
    void dialog.dismiss()
  })
  await page.goto(desk.simulator.url)
  await page.locator('.card').first().waitFor()
}
const column = (name: string) => page.locator('.column', { has: page.locator('h2', { hasText: name }) })
const task = () => desk.simulator.task({ taskId })
const comments = () => desk.simulator.comments({ taskId })

it('is served under a policy that lets nothing else in', async () => {
  const response = await fetch(desk.simulator.url)
  const policy = response.headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';")
  expect(policy).not.toContain('unsafe')
  expect(await response.text()).not.toMatch(/<script>|<style>|style="|onclick/)
})

inBrowser('lets an agent answer with a file, take, move, change and complete', async () => {
  const { simulator, agent } = desk
  await openBoard(1280, 800)
  await column('New').locator('.card-name').click()
  expect(await page.locator('#card-title').textContent()).toContain('<img src=x')
  expect(await page.locator('#card-description a').count()).toBe(1)

  await page
    .locator('#file')
    .setInputFiles({ name: 'счёт.txt', mimeType: 'text/plain', buffer: Buffer.from('привет') })
  await page.locator('#text').fill('Смотрите **тут** <b>x</b>')
  await page.keyboard.press('Enter')
  await page.locator('.comment strong', { hasText: 'тут' }).waitFor()
  expect(comments()).toMatchObject([
    {
      posted_uid: agent,
      content: 'Смотрите **тут** <b>x</b>',
      file_attachment: { file_name: 'счёт.txt', file_size: 12 },
    },
  ])
  expect(await page.locator('.comment .words b').count()).toBe(0)
  const shown = await page.locator('.file').getAttribute('href')
  expect(await (await fetch(`${simulator.url}${shown}`)).text()).toBe('привет')

  await page.locator('.comment-acts button', { hasText: 'Edit' }).click()
  await page.locator('#ask-text').fill('Вот')
  await page.keyboard.press('Enter')
  await expect.poll(() => comments()[0]!.content).toBe('Вот')
  await page.locator('.comment-acts button', { hasText: 'Delete' }).click()
  await page.locator('#ask-yes').click()
  await expect.poll(comments).toEqual([])

  await page.locator('#card-assignee').selectOption(agent)
  await page.locator('#card-priority').selectOption('4')
  await page.locator('#card-section').selectOption({ label: 'In work' })
  await page.locator('#card-labels').fill('vip, @gold')
  await page.locator('#card-labels').blur()
  await expect.poll(task).toMatchObject({
    responsible_uid: agent,
    priority: 4,
    section_id: desk.workId,
    labels: ['vip', 'gold'],
  })
  await page.locator('#card-close').click()
  await column('In work').locator('.check.p4').click()
  await expect.poll(() => task().checked).toBe(true)
  await page.locator('.finished summary').click()
  await page.locator('.done-row .check').click()
  await expect.poll(() => task().checked).toBe(false)
  expect(complaints).toEqual([])
})

inBrowser('shows what others do as it happens, drags, and breaks a section to see it healed', async () => {
  const { simulator, projectId, agent, newId } = desk
  await openBoard(1280, 800)
  simulator.createTask({ projectId, sectionId: newId, content: 'Второй' })
  await column('New').locator('.card-name', { hasText: 'Второй' }).waitFor()
  await column('New').locator('.card', { hasText: 'Ticket' }).dragTo(column('In work'))
  await expect.poll(() => task().section_id).toBe(desk.workId)

  await column('In work').locator('.card-name').click()
  await page.locator('#card[open]').waitFor()
  simulator.addComment({ uid: agent, taskId, content: 'живьём' })
  await page.locator('.comment', { hasText: 'живьём' }).waitFor()
  await page.locator('#card-close').click()

  await column('New').locator('.more').click()
  await page.locator('.menu:visible button', { hasText: 'Rename' }).click()
  await page.locator('#ask-text').fill('Очередь')
  await page.locator('#ask-yes').click()
  await column('Очередь').locator('.more').click()
  await page.locator('.menu:visible button', { hasText: 'Delete' }).click()
  await page.locator('#ask-yes').click()
  await expect.poll(() => simulator.tasks({ projectId }).length).toBe(1)
  await expect.poll(() => column('Очередь').count()).toBe(0)

  await page.locator('#new-agent').click()
  await page.locator('#ask-text').fill('Пётр')
  await page.locator('#ask-yes').click()
  await expect.poll(() => page.locator('#me option:checked').textContent()).toBe('Пётр')
  await page.locator('#weather').click()
  // What is on its way when it is clicked may show it off for a moment.
  await page.locator('[data-setting=outage]').click()
  await page.locator('#offline', { hasText: 'down' }).waitFor()
  await expect(desk.api.getUser()).rejects.toThrow()
  expect(complaints).toEqual([])
})

inBrowser('fits a phone', async () => {
  desk.simulator.addComment({ uid: desk.agent, taskId, content: `${'слово '.repeat(80)}${'x'.repeat(300)}` })
  await openBoard(390, 844)
  const sideways = () => page.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(await sideways()).toBeLessThanOrEqual(0)
  await page.locator('.card-name').first().click()
  await page.locator('.comment').waitFor()
  const box = (await page.locator('#card').boundingBox())!
  expect([box.x, box.width, box.height]).toEqual([0, 390, 844])
  expect(await page.evaluate('document.querySelector("#card-body").scrollWidth')).toBeLessThanOrEqual(390)
  expect((await page.locator('#send').boundingBox())!.y).toBeLessThan(844)
})
