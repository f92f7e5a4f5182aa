import { setTimeout as delay } from 'node:timers/promises'
import type { TelegramSimulator } from '../simulators/telegram/start-telegram-simulator.ts'
import type { TodoistSimulator } from '../simulators/todoist/start-todoist-simulator.ts'
import { percentiles } from './report.ts'

export type TalkShop = { botId: number; boardId: string; agents: readonly { uid: string }[] }

type Said = { at: number; number: number; seenAt: number | undefined }
type Customer = { id: number; shop: TalkShop; questions: Said[]; answers: Said[]; taskId: string | undefined }

type Settings = {
  telegram: TelegramSimulator
  todoist: TodoistSimulator
  shops: readonly TalkShop[]
  customersPerShop: number
  /** 0 to 1. */
  chance: () => number
}

export type SupportTalk = ReturnType<typeof supportTalk>

const LOOK_MS = 50
const FIRST_CUSTOMER = 100_000

/**
 * Customers who write to their shop's bot, and agents who answer each message that they see on the board. Every message has
 * a name of its own, so that it can be counted wherever it comes out.
 */
export function supportTalk({ telegram, todoist, shops, customersPerShop, chance }: Settings) {
  const customers: Customer[] = shops.flatMap((shop, index) =>
    Array.from({ length: customersPerShop }, (_, at) => ({
      id: FIRST_CUSTOMER * (index + 1) + at,
      shop,
      questions: [],
      answers: [],
      taskId: undefined,
    })),
  )
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  let isLooking = true

  function ask(customer: Customer): void {
    const number = customer.questions.length + 1
    customer.questions.push({ at: Date.now(), number, seenAt: undefined })
    telegram.write({ botId: customer.shop.botId, personId: customer.id, text: question(customer.id, number) })
  }

  /** What agents see on the board they answer, each once. */
  function lookAtBoards(): void {
    for (const shop of shops) {
      const strangers = customers.filter(
        (customer) =>
          customer.shop === shop && customer.taskId === undefined && customer.questions.length > 0,
      )
      if (strangers.length === 0) continue
      for (const { id, content } of todoist.tasks({ projectId: shop.boardId })) {
        const customer = byId.get(numbersIn(content, QUESTION)[0]?.customer ?? 0)
        if (customer !== undefined) customer.taskId ??= id
      }
    }
    for (const customer of customers) {
      const { taskId, questions, answers, shop } = customer
      if (taskId === undefined || questions.length === answers.length) continue
      for (const { content, posted_at: at } of todoist.comments({ taskId }).slice(-LATEST)) {
        for (const { number } of numbersIn(content, QUESTION)) {
          const said = questions[number - 1]
          if (said === undefined || said.seenAt !== undefined) continue
          said.seenAt = Date.parse(at)
          const answered = answers.length + 1
          answers.push({ at: Date.now(), number: answered, seenAt: undefined })
          const agent = shop.agents[Math.floor(chance() * shop.agents.length)]!
          todoist.addComment({ uid: agent.uid, taskId, content: `Re ${answer(customer.id, answered)}` })
        }
      }
    }
  }

  function lookAtTelegram(): void {
    for (const { at, parameters, outcome, status } of telegram.calls({ method: 'sendMessage' })) {
      if (status !== 200 || outcome === 'dropped-before-processing') continue
      for (const { customer, number } of numbersIn(String(parameters.text), ANSWER)) {
        const said = byId.get(customer)?.answers[number - 1]
        if (said !== undefined) said.seenAt ??= at
      }
    }
    telegram.clearCalls()
  }

  const looking = (async () => {
    while (isLooking) {
      lookAtBoards()
      lookAtTelegram()
      await delay(LOOK_MS)
    }
  })()
  let failure: Error | undefined
  looking.catch((error: unknown) => (failure = error as Error))

  const waiting = () =>
    customers.reduce(
      (sum, { questions, answers }) =>
        sum + [...questions, ...answers].filter(({ seenAt }) => seenAt === undefined).length,
      0,
    )

  return {
    customers,
    /** Each customer once in `everyMs`, spread. Answers when it began. */
    async talk({ forMs, everyMs }: { forMs: number; everyMs: number }): Promise<number> {
      const began = Date.now()
      const next = customers.map((customer) => ({ customer, at: began + chance() * everyMs }))
      while (Date.now() - began < forMs) {
        if (failure !== undefined) throw failure
        for (const turn of next)
          if (turn.at <= Date.now() && turn.at < began + forMs) {
            ask(turn.customer)
            turn.at += everyMs
          }
        await delay(10)
      }
      return began
    },
    waiting,
    /** Waits until everything said has come out on the other side; answers what has not, in words. */
    async settled(withinMs: number): Promise<string[]> {
      const until = Date.now() + withinMs
      while (waiting() > 0 && Date.now() < until) {
        if (failure !== undefined) throw failure
        await delay(LOOK_MS)
      }
      return customers
        .flatMap(({ id, questions, answers }) => [
          ...questions.map((said) => ({ said, name: question(id, said.number) })),
          ...answers.map((said) => ({ said, name: answer(id, said.number) })),
        ])
        .filter(({ said }) => said.seenAt === undefined)
        .map(({ name }) => `${name} never came`)
    },
    /** What was said from then until then: how long until it had come. */
    delays(from: number, until: number) {
      const of = (said: Said[]) =>
        percentiles(
          said
            .filter(({ at, seenAt }) => at >= from && at < until && seenAt !== undefined)
            .map(({ at, seenAt }) => Math.max(0, seenAt! - at)),
        )
      return {
        toBoard: of(customers.flatMap(({ questions }) => questions)),
        toTelegram: of(customers.flatMap(({ answers }) => answers)),
      }
    },
    /** On the board everything once and in order, one task each; in Telegram all, in order of first appearance. */
    problems(): { board: string[]; telegram: string[]; repeated: string[] } {
      const found = { board: [] as string[], telegram: [] as string[], repeated: [] as string[] }
      const tasksOf = new Map<number, string[]>()
      for (const shop of shops)
        for (const { id } of todoist.tasks({ projectId: shop.boardId, finished: true })) {
          const named = todoist
            .comments({ taskId: id })
            .flatMap(({ content }) => numbersIn(content, QUESTION))
          const people = [...new Set(named.map(({ customer }) => customer))]
          if (people.length !== 1) found.board.push(`task ${id} is of ${people.length} customers`)
          for (const person of people) tasksOf.set(person, [...(tasksOf.get(person) ?? []), id])
          const customer = byId.get(people[0] ?? 0)
          const seen = named.map(({ number }) => number).join()
          const said = customer?.questions.map(({ number }) => number).join()
          if (seen !== said) found.board.push(`task ${id} of ${people.join()} says ${seen} of ${said}`)
        }
      for (const { id, shop, answers, questions } of customers) {
        const tasks = tasksOf.get(id)?.length ?? 0
        if (questions.length > 0 && tasks !== 1) found.board.push(`${id} has ${tasks} tasks`)
        const seen = telegram
          .messages({ chatId: id, botId: shop.botId })
          .filter(({ from }) => from?.is_bot === true)
          .flatMap(({ text }) => numbersIn(text ?? '', ANSWER).map(({ number }) => number))
        const first = [...new Set(seen)].join()
        const said = answers.map(({ number }) => number).join()
        if (first !== said) found.telegram.push(`${id} heard ${first} of ${said}`)
        for (const number of new Set(seen))
          if (seen.filter((one) => one === number).length > 1) found.repeated.push(answer(id, number))
      }
      return found
    },
    async stop(): Promise<void> {
      isLooking = false
      await looking
    },
  }
}

const LATEST = 40
const QUESTION = /\bq(\d+)x(\d+)\b/g
const ANSWER = /\ba(\d+)x(\d+)\b/g
const question = (customer: number, number: number) => `q${customer}x${number}`
const answer = (customer: number, number: number) => `a${customer}x${number}`

function numbersIn(text: string, pattern: RegExp): { customer: number; number: number }[] {
  return [...text.matchAll(pattern)].map(([, customer, number]) => ({
    customer: Number(customer),
    number: Number(number),
  }))
}
