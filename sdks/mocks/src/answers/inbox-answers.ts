import { pageOf } from '../http/page-of.ts'
import { tell } from '../http/problems.ts'
import type { Answer } from '../http/request.ts'
import { presentInboxItem } from '../shop/present.ts'
import { refuse } from '../shop/refusal.ts'

export const listInbox: Answer<'listInbox'> = ({ state: { inbox } }, { query }) => {
  const { status, orderId } = query
  const wanted = inbox.filter(
    (item) =>
      (status === undefined || item.status === status) && (orderId === undefined || item.orderId === orderId),
  )
  const { data, nextCursor } = pageOf(wanted, query, ({ id }) => id)
  return { status: 200, body: { data: data.map((item) => presentInboxItem(item, tell)), nextCursor } }
}

export const getInboxItem: Answer<'getInboxItem'> = ({ state: { inbox } }, { path: { inboxItemId } }) => {
  const item = inbox.find(({ id }) => id === inboxItemId)
  if (item === undefined) return refuse('inbox-item-not-found')
  const shown = { ...presentInboxItem(item, tell), body: null }
  if (item.action !== 'batch_purchase') return { status: 200, body: shown }
  const lines = inbox.filter(({ parentId }) => parentId === inboxItemId)
  return { status: 200, body: { ...shown, lines: lines.map((line) => presentInboxItem(line, tell)) } }
}
