// A use of every export, as somebody would write it who has only the package; tried with the packed tarball.
import {
  defineTaplineChat,
  type TaplineChat,
  type TaplineChatCommand,
  type TaplineChatEvents,
  type TaplineChatIdentity,
  type TaplineChatOptions,
} from '@tapline/widget'

const identity: TaplineChatIdentity = async () => 'made by the server of the shop'
const options: TaplineChatOptions = {
  url: 'https://tapline.example.com',
  key: 'pk_of_the_shop',
  locale: 'kk',
  theme: 'auto',
  identity,
}
const chat: TaplineChat = defineTaplineChat(options)
const onUnread = ({ count }: TaplineChatEvents['unread']): number => count
const greet: TaplineChatCommand = ['send', 'Hello']

// Where there is no page there is nothing to do, and nothing that breaks.
chat.on('unread', onUnread)
chat.off('unread', onUnread)
chat.open()
chat.push(greet, ['close'])
chat.identify(identity)
chat.destroy()
console.log('ok')
