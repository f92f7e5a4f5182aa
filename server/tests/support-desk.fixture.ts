import type { TelegramSimulator } from '../simulators/telegram/start-telegram-simulator.ts'
import {
  startTodoistSimulator,
  type TodoistSimulator,
} from '../simulators/todoist/start-todoist-simulator.ts'
import { eventually, startTapline, type Tapline } from './tapline.fixture.ts'

export type SupportDesk = Awaited<ReturnType<typeof openSupportDesk>>
export type ShopWithDesk = Awaited<ReturnType<SupportDesk['shop']>>

export const APP = { clientId: 'tapline-tests', clientSecret: 'secret-of-the-app' }

/** The product between a simulated Telegram and a simulated Todoist, told by webhooks or asking by itself. */
export async function openSupportDesk({
  webhooks = true,
  env = {},
  database,
}: { webhooks?: boolean; env?: Record<string, string>; database?: { url: string } } = {}) {
  const todoist = await startTodoistSimulator({})
  const tapline: Tapline = await startTapline({
    ...(database === undefined ? {} : { database }),
    env: {
      TAPLINE_TODOIST_API_ROOT: todoist.url,
      TAPLINE_TODOIST_POLL_SECONDS: webhooks ? '20' : '1',
      TAPLINE_TELEGRAM_DELIVERY: webhooks ? 'webhook' : 'polling',
      ...(webhooks
        ? { TAPLINE_TODOIST_CLIENT_ID: APP.clientId, TAPLINE_TODOIST_CLIENT_SECRET: APP.clientSecret }
        : {}),
      ...env,
    },
  })
  const { telegram } = tapline
  if (webhooks) todoist.registerApp({ ...APP, callbackUrl: `${tapline.url}/v1/todoist-events` })
  const shop = shopsWithDesk({
    telegram,
    todoist,
    appClientId: webhooks ? APP.clientId : undefined,
    createShop: (name) => tapline.createShop({ name, locale: 'en' }, { basePercent: 10, welcomeBonus: 100 }),
    async must<Body>({ secretKey }: { secretKey: string }, method: string, path: string, body?: unknown) {
      const answer = await tapline.call<Body>(method, path, secretKey, body)
      if (answer.status >= 300)
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body
    },
  })

  return {
    tapline,
    telegram,
    todoist,
    shop,
    async stop() {
      await tapline.stop()
      await todoist.stop()
    },
  }
}

type Dependencies<Of> = {
  telegram: TelegramSimulator
  todoist: TodoistSimulator
  /** The app that hears of what happens on the boards; without it they have to be asked. */
  appClientId: string | undefined
  createShop: (name: string) => Promise<Of>
  must: <Body>(of: { secretKey: string }, method: string, path: string, body?: unknown) => Promise<Body>
}

/** Shops with bots and boards in two simulators, whatever runs the product. */
export function shopsWithDesk<Of extends { id: string; secretKey: string }>({
  telegram,
  todoist,
  appClientId,
  createShop,
  must,
}: Dependencies<Of>) {
  let count = 0

  /** A shop with a bot and a board of its own, and agents who share the board. */
  return async ({ agents = ['Olga'], settings = {} }: { agents?: string[]; settings?: object } = {}) => {
    const index = ++count
    const of = await createShop(`Shop ${index}`)
    const botToken = `${800_000 + index}:secret-of-the-bot-${index}`
    const bot = telegram.createBot({ token: botToken, username: `shop_${index}_bot` })
    await must(of, 'PUT', '/v1/integrations/telegram', { token: botToken })
    const account = todoist.createUser({ name: `Bridge ${index}` })
    const token = todoist.createToken({
      uid: account.uid,
      ...(appClientId === undefined ? {} : { clientId: appClientId }),
    })
    const { boardId } = await must<{ boardId: string }>(of, 'PUT', '/v1/integrations/todoist', { token })
    const people: { id: string; token: string; name: string; uid: string; telegramId: number }[] = []
    for (const name of agents) {
      const telegramId = 9_000_000 + index * 100 + people.length
      const user = todoist.createUser({ name: `${name} ${index}` })
      todoist.shareProject({ projectId: boardId, uid: user.uid })
      const agent = await must<{ id: string; token: string }>(of, 'POST', '/v1/agents', {
        name,
        todoistUserId: user.uid,
        telegramId: String(telegramId),
      })
      people.push({ ...agent, name, uid: user.uid, telegramId })
    }
    if (Object.keys(settings).length > 0) await must(of, 'PUT', '/v1/support-settings', settings)

    const inChat = (personId: number) => telegram.messages({ chatId: personId, botId: bot.id })
    return {
      ...of,
      botId: bot.id,
      boardId,
      account,
      agents: people,
      must: <Body>(method: string, path: string, body?: unknown) => must<Body>(of, method, path, body),
      write: (personId: number, text: string) => telegram.write({ botId: bot.id, personId, text }),
      /** What the bot has said to a person, as it is shown. */
      said: (personId: number) => inChat(personId).filter((message) => message.from?.is_bot === true),
      /** What the bot says of it, when it does. */
      hears: (personId: number, words: string) =>
        eventually(
          () =>
            Promise.resolve(
              inChat(personId).find(
                ({ from, text, caption }) => from?.is_bot === true && (text ?? caption ?? '').includes(words),
              ),
            ),
          (message) => message !== undefined,
        ).then((message) => message!),
      tasks: () => todoist.tasks({ projectId: boardId }),
      comments: (taskId: string) => todoist.comments({ taskId }),
      taskOf: (personText: string) =>
        eventually(
          () =>
            Promise.resolve(
              todoist.tasks({ projectId: boardId }).find(({ content }) => content.includes(personText)),
            ),
          (task) => task !== undefined,
        ).then((task) => task!),
    }
  }
}
