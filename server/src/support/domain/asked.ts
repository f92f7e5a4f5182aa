import type { Agent } from './agent.ts'
import type { Reply } from './agent-replies.ts'
import type { CommandName } from './read-words.ts'
import type { Source, Ticket } from './ticket.ts'

/** A command of an agent, beside a ticket. */
export type Asked = {
  projectId: string
  ticket: Ticket
  agent: Agent
  command: CommandName
  rest: string
  key: string
  source: Source
  reply: Reply
}
