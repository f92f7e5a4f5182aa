import { expect, it } from 'vitest'
import { plainOf } from '../../kernel/markdown.ts'
import { readMessage } from './read-message.ts'

const read = (message: object) => readMessage({ message_id: 7, ...message })
const file = { file_id: 'f', file_size: 1_000 }
const place = { latitude: 43.238, longitude: 76.945 }

it('reads words with their formatting', () => {
  expect(read({ text: 'Где *мой* заказ?', entities: [{ type: 'bold', offset: 0, length: 3 }] })).toEqual({
    markdown: '**Где** \\*мой\\* заказ?',
  })
})

it.each<[string, object, object]>([
  [
    'a photo, the largest one',
    {
      photo: [
        { ...file, width: 90, height: 90 },
        { ...file, file_id: 'l', width: 1280, height: 960 },
        { ...file, width: 320, height: 240 },
      ],
      caption: 'вот _так_',
    },
    {
      markdown: 'вот \\_так\\_',
      file: { fileId: 'l', name: 'photo-7.jpg', size: 1_000, type: 'image/jpeg' },
    },
  ],
  [
    'a video',
    { video: { ...file, mime_type: 'video/quicktime' } },
    { markdown: null, file: { fileId: 'f', name: 'video-7.mov', size: 1_000, type: 'video/quicktime' } },
  ],
  [
    'a voice, of unknown size',
    { voice: { file_id: 'f', mime_type: 'audio/ogg' } },
    { markdown: null, file: { fileId: 'f', name: 'voice-7.ogg', size: null, type: 'audio/ogg' } },
  ],
  [
    'a round video',
    { video_note: file },
    { markdown: null, file: { fileId: 'f', name: 'video-7.mp4', size: 1_000, type: 'video/mp4' } },
  ],
  [
    'a song',
    { audio: { ...file, performer: 'Цой', title: 'Кукушка', mime_type: 'audio/mpeg' } },
    { markdown: null, file: { fileId: 'f', name: 'Цой - Кукушка.mp3', size: 1_000, type: 'audio/mpeg' } },
  ],
  [
    'an animation, once',
    { animation: { ...file, file_name: 'a.mp4' }, document: { ...file, file_id: 'd' } },
    { markdown: null, file: { fileId: 'f', name: 'a.mp4', size: 1_000, type: 'video/mp4' } },
  ],
  [
    'a sticker',
    { sticker: { ...file, emoji: '😀' } },
    { markdown: '😀', file: { fileId: 'f', name: 'sticker-7.webp', size: 1_000, type: 'image/webp' } },
  ],
  ['a sticker that moves', { sticker: { ...file, emoji: '😀', is_animated: true } }, { markdown: '😀' }],
  [
    'a part of an album',
    { photo: [{ ...file, width: 1, height: 1 }], media_group_id: 'g' },
    {
      markdown: null,
      file: { fileId: 'f', name: 'photo-7.jpg', size: 1_000, type: 'image/jpeg' },
      albumId: 'g',
    },
  ],
])('reads %s', (_, message, outcome) => {
  expect(read(message)).toEqual(outcome)
})

it.each(['счёт №5.pdf', 'без расширения', 'a\u202Efdp.exe', '../../etc/passwd', 'a/b\\c.txt', '<b>;"x".pdf'])(
  'takes the name %j as it is: it is made safe where files are kept',
  (name) => {
    expect(read({ document: { ...file, file_name: name } }).file?.name).toBe(name)
  },
)

it('names what has no name', () => {
  expect(read({ document: { ...file, mime_type: 'application/pdf' } }).file?.name).toBe('file-7.pdf')
  expect(read({ document: { ...file, file_name: ' ' } }).file?.name).toBe('file-7')
})

it('says in words what is no file', () => {
  expect(read({ location: place }).markdown).toBe(
    '📍 [43.238, 76.945](https://www.google.com/maps?q=43.238,76.945)',
  )
  // A venue comes with its location beside it.
  expect(
    plainOf(
      read({ venue: { location: place, title: 'Кафе *', address: 'Абая, 1' }, location: place }).markdown!,
    ),
  ).toBe('📍 Кафе *\nАбая, 1\n43.238, 76.945 (https://www.google.com/maps?q=43.238,76.945)')
  expect(read({ contact: { phone_number: '+77010000000', first_name: 'Анна' } }).markdown).toBe(
    '👤 Анна, +77010000000',
  )
  expect(read({ poll: { question: 'Да?', options: [{ text: 'да' }, { text: '*нет*' }] } }).markdown).toBe(
    '📊 **Да?**\n- да\n- \\*нет\\*',
  )
  expect(read({ dice: { emoji: '🎲', value: 5 } }).markdown).toBe('🎲 5')
})

it('tells where it was forwarded from, and what of the answered words was meant', () => {
  const origins: [object, string][] = [
    [{ type: 'user', sender_user: { first_name: 'Анна', last_name: 'К*' } }, '↪️ Анна К\\*'],
    [{ type: 'hidden_user', sender_user_name: 'Кто-то' }, '↪️ Кто-то'],
    [{ type: 'channel', chat: { title: 'Новости' }, author_signature: 'ред.' }, '↪️ Новости, ред.'],
    [{ type: 'something_new' }, '↪️'],
  ]
  for (const [origin, line] of origins)
    expect(read({ text: 'слова', forward_origin: origin }).markdown).toBe(`${line}\nслова`)
  expect(read({ text: 'да', quote: { text: 'когда?\nгде?', position: 0 } }).markdown).toBe(
    '> когда?\n> где?\nда',
  )
})

it('leaves what is too large, and says what it was', () => {
  const message = {
    document: { ...file, file_name: 'видео_1.mov', file_size: 35_400_000 },
    caption: 'смотрите',
  }
  expect(read(message)).toEqual({ markdown: '📎 видео_1.mov, 36 MB\nсмотрите', note: 'too-large' })
  expect(read({ document: { ...file, file_size: 20 * 1024 * 1024 } }).note).toBeUndefined()
})

it('knows what it does not know, and what nobody said', () => {
  for (const kind of [{ paid_media: {} }, { story: {} }, { hologram: { file_id: 'x' } }, {}])
    expect(read(kind)).toEqual({ markdown: null, note: 'unsupported' })
  for (const kind of [{ pinned_message: {} }, { new_chat_members: [] }, { migrate_to_chat_id: -1 }])
    expect(read(kind)).toEqual({ markdown: null, note: 'service' })
  // With words, the words are what counts.
  expect(read({ hologram: {}, caption: 'слова' })).toEqual({ markdown: 'слова' })
})
