export type TelegramRefusalCode =
  | 'telegram-token-refused'
  | 'telegram-bot-taken'
  | 'telegram-unavailable'
  | 'telegram-not-connected'
  | 'texts-invalid'
