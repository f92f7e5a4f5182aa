import { expect, it } from 'vitest'
import { FIRST_PAGE_SETTINGS, readPageSettings } from './page-settings.ts'

it('page settings are complete whatever was left out', () => {
  expect(readPageSettings({})).toEqual(FIRST_PAGE_SETTINGS)
  const text = { en: 'Can I help?' }
  expect(
    readPageSettings({
      widget: {
        colour: '#AABBCC',
        greetings: [{ text, paths: ['/catalog/*'] }, { text }],
        preChat: { fields: ['name'] },
      },
      spending: 'off',
    }),
  ).toEqual({
    widget: {
      ...FIRST_PAGE_SETTINGS.widget,
      colour: '#aabbcc',
      greetings: [
        { text, paths: ['/catalog/*'], afterSeconds: 10, whenOpen: false },
        { text, afterSeconds: 10, whenOpen: false },
      ],
      preChat: { fields: ['name'], required: false },
    },
    spending: 'off',
  })
})

it('page settings are the same when what was answered is put back', () => {
  const read = readPageSettings({
    widget: { title: { ru: 'Лавка' }, theme: 'dark', greetings: [{ text: { ru: 'Привет' } }] },
  })
  expect(readPageSettings(read)).toEqual(read)
})
