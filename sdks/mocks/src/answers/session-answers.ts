import type { Answer } from '../http/request.ts'
import { findCustomer, readWho } from '../shop/customers/find-customer.ts'
import { openSession, newToken } from '../shop/chat/open-session.ts'
import { botOf, ofCustomer, speakerOf } from '../shop/chat/participants.ts'
import { presentParticipant, time } from '../shop/chat/present-chat.ts'
import { readSettings } from '../shop/chat/settings.ts'
import { isRefusal } from '../shop/refusal.ts'

const TICKET_MS = 30_000

export const createVisitorSession: Answer<'createVisitorSession'> = (shop, { body, caller: { proven } }) => {
  const opened = openSession(shop, { ...body, proven })
  if (isRefusal(opened)) return opened
  const { token, session, renewal, participant } = opened
  return {
    status: 201,
    body: {
      token,
      expiresAt: time(session.expiresAt),
      renewal,
      participant: presentParticipant(participant, false),
    },
  }
}

/** There is no socket behind it. */
export const createSocketTicket: Answer<'createSocketTicket'> = (shop, { body, caller }) => {
  const speaker = speakerOf(shop, caller.speaker, body?.participantId)
  if (isRefusal(speaker)) return speaker
  const ticket = newToken(shop, '')
  const url = `${shop.baseUrl.replace(/^http/, 'ws')}/v1/socket`
  return { status: 201, body: { ticket, url, expiresAt: time(shop.now() + TICKET_MS) } }
}

export const createParticipant: Answer<'createParticipant'> = (shop, { body }) => {
  if (body.bot !== undefined)
    return { status: 200, body: presentParticipant(botOf(shop, body.bot.name.trim()), true) }
  const who = readWho(shop, body.customer!)
  if (isRefusal(who)) return who
  const customerId = 'customerId' in who ? who.customerId : findCustomer(shop, who.contact, false)
  if (isRefusal(customerId)) return customerId
  const { name } = shop.state.customers.get(customerId)!
  return { status: 200, body: presentParticipant(ofCustomer(shop, customerId, name), true) }
}

export const getChatSettings: Answer<'getChatSettings'> = ({ state }) => ({
  status: 200,
  body: state.chat.settings,
})

export const putChatSettings: Answer<'putChatSettings'> = ({ state }, { body }) => {
  const settings = readSettings(body)
  if (isRefusal(settings)) return settings
  state.chat.settings = settings
  return { status: 200, body: settings }
}
