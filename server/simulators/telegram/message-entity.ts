export interface MessageEntity {
  type: string
  offset: number
  length: number
  url?: string
  user?: { id: number }
  language?: string
  custom_emoji_id?: string
}

export interface MessageText {
  text: string
  entities: MessageEntity[]
}
