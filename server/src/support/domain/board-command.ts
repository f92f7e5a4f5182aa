export type NewCommand = {
  /** The same key is the same command. */
  key: string
  ticketId: string
  type: CommandType
  /** What is known now; ids, and what has to be looked up, are filled in when it is sent. */
  args: CommandArgs
  tempId?: string
  uploadId?: string
  about?: { conversationId: string; messageId: string }
}

export type CommandType =
  | 'item_add'
  | 'item_move'
  | 'item_update'
  | 'item_complete'
  | 'item_uncomplete'
  | 'item_delete'
  | 'note_add'
  | 'note_update'

export type CommandArgs = Readonly<Record<string, unknown>> & {
  content?: string
  /** It carries the title and the card of its ticket. */
  isDescribed?: boolean
  /** A message that it answers, shown shortly before it. */
  quotes?: string
  /** Nothing of its ticket is sent beside it. */
  isOrdered?: boolean
  /** Whom a comment is for; agents who do not share the board are left out. */
  mentions?: readonly string[]
  file_attachment?: Record<string, unknown>
}

/** As it is kept. */
export type Command = Omit<NewCommand, 'tempId' | 'uploadId' | 'about'> & {
  id: string
  uuid: string
  tempId: string | null
  uploadId: string | null
  messageId: string | null
  conversationId: string | null
  attempts: number
}
