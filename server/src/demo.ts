import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from './app.ts'
import { isRefusal } from './kernel/refusal.ts'

export type Demo = { projectId: string; secretKey: string; telegramId: string }

const TELEGRAM_ID = '1001'
const AGENT = 'Olga'

/** A project to try things on, made once. Its key is kept with the data, so that a second start can show it again. */
export async function ensureDemo(
  app: App,
  dataDirectory: string,
  tokens: {
    telegram: string | undefined
    todoist: string | undefined
    /** Of the simulated Todoist. */
    boardUrl: string | undefined
  },
): Promise<Demo> {
  const path = join(dataDirectory, 'demo.json')
  const known = await readFile(path, 'utf8').then((text) => JSON.parse(text) as Demo, () => undefined) // prettier-ignore
  if (known !== undefined && (await app.projects.find(known.projectId)) !== undefined) {
    await connect(app, known.projectId, tokens)
    return known
  }
  const created = await app.projects.create(
    { name: 'Demo shop', currency: 'RUB', sandbox: true },
    'first start',
  )
  if (isRefusal(created)) throw new Error(`The demo project was refused: ${created.refused}`)
  const { project, secrets } = created
  const demo = { projectId: project.id, secretKey: secrets['secret-key'], telegramId: TELEGRAM_ID }
  await writeFile(`${path}.new`, JSON.stringify(demo, null, 2), { mode: 0o600 })
  await rename(`${path}.new`, path)
  await connect(app, project.id, tokens)
  return demo
}

type Tokens = Parameters<typeof ensureDemo>[2]

async function connect(app: App, projectId: string, { telegram, todoist, boardUrl }: Tokens): Promise<void> {
  if (telegram !== undefined && (await app.telegram.find(projectId)) === undefined)
    await app.telegram.connect(projectId, telegram)
  if (todoist === undefined) return
  // Again at each start: a simulator has forgotten everything, and the board is built anew.
  const refusal = await app.board.connect(projectId, { token: todoist })
  const board = refusal === undefined ? await app.board.find(projectId) : undefined
  if (board === undefined) return
  const [agent] = (await app.support.agents.list(projectId, 1, undefined)).data
  const todoistUserId = boardUrl === undefined ? board.accountId : await joinBoard(boardUrl, board.boardId)
  if (agent === undefined)
    await app.support.manageAgents.create(projectId, { name: AGENT, telegramId: null, todoistUserId })
  else await app.support.manageAgents.update(projectId, agent.id, { todoistUserId })
}

/** The account of the simulated board is the desk's; whoever answers there has one of its own, as a team would. */
async function joinBoard(boardUrl: string, projectId: string | null): Promise<string> {
  const control = async <Result>(name: string, input: object): Promise<Result> => {
    const response = await fetch(`${boardUrl}/control/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(input),
    })
    return ((await response.json()) as { result: Result }).result
  }
  const { uid } = await control<{ uid: string }>('create-user', { name: AGENT })
  await control('share-project', { projectId, uid })
  return uid
}
