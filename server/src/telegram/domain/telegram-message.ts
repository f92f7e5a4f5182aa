import type { Entity } from './entities-to-markdown.ts'

type File = { file_id: string; file_size?: number }
type Named = File & { file_name?: string; mime_type?: string }
type Person = { first_name: string; last_name?: string; username?: string }
type Chat = { title?: string; first_name?: string; last_name?: string; username?: string }
type Place = { latitude: number; longitude: number; live_period?: number }

/** What is read of a message, as the Bot API puts it on the wire. A kind that is not here is told from its having nothing of this. */
export type TelegramMessage = {
  message_id: number
  media_group_id?: string
  text?: string
  entities?: readonly Entity[]
  caption?: string
  caption_entities?: readonly Entity[]
  photo?: readonly (File & { width: number; height: number })[]
  video?: Named
  animation?: Named
  document?: Named
  audio?: Named & { performer?: string; title?: string }
  voice?: Named
  video_note?: File
  sticker?: File & { emoji?: string; is_animated?: boolean; is_video?: boolean }
  location?: Place
  venue?: { location: Place; title: string; address: string }
  contact?: { phone_number: string; first_name: string; last_name?: string }
  poll?: { question: string; options: readonly { text: string }[] }
  checklist?: { title: string; tasks: readonly { text: string }[] }
  dice?: { emoji: string; value: number }
  forward_origin?: Origin
  external_reply?: { origin: Origin }
  quote?: { text: string; entities?: readonly Entity[] }
}

export type Origin = {
  type: string
  sender_user?: Person
  sender_user_name?: string
  sender_chat?: Chat
  chat?: Chat
  author_signature?: string
}

/** What Telegram itself says in a chat: nobody's words. Of groups and payments there is more than this, and all of it has no words. */
export const SERVICE = [
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'connected_website',
  'write_access_allowed',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'web_app_data',
] as const
