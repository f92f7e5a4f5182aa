import { isRefusal } from '../kernel/refusal.ts'
import type { Contact } from './domain/command.ts'
import { readContact, type ContactPayload } from './domain/read-contact.ts'
import { readGoods, type Goods, type GoodsPayload } from './domain/read-goods.ts'
import {
  rulesOf,
  under,
  type ProjectRules,
  type ReadingRefusal,
  type ReadingRules,
} from './domain/reading.ts'

/** The customer and the goods in a body of the API, read as the door reads those of a purchase. Pointers lead from the body. */
export function bodyReader(parsePhone: ReadingRules['parsePhone']) {
  return {
    readContact(customer: ContactPayload, project: ProjectRules): Contact | ReadingRefusal {
      const reading = readContact(customer, rulesOf(project, parsePhone))
      return isRefusal(reading) ? under('/customer', reading) : reading
    },

    readGoods(body: GoodsPayload, project: Pick<ProjectRules, 'currency'>): Goods | ReadingRefusal {
      return readGoods(body, project)
    },
  }
}
