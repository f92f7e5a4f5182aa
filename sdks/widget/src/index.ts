/**
 * The chat of Tapline in the page of a shop, for those who would rather write TypeScript than a script tag.
 *
 * {@link defineTaplineChat} brings the same script that the tag would bring, from your Tapline, so that widget and server are
 * always of one version. What it answers can be used at once: what is said before the script is there waits for it.
 *
 * @packageDocumentation
 */
export { defineTaplineChat } from './define-tapline-chat.ts'
export type { TaplineChatOptions } from './define-tapline-chat.ts'
export type {
  TaplineChat,
  TaplineChatCommand,
  TaplineChatEvents,
  TaplineChatIdentity,
} from './tapline-chat.ts'
