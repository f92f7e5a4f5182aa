export type TelegramRefusalCode =
  'telegram-token-refused' | 'telegram-unavailable' | 'telegram-not-connected' | 'texts-invalid'
