import fc from 'fast-check'
import type { Span } from './markdown.ts'

const words = fc.stringMatching(/^[ \n*_~`[\]()>#+\-.!\\a-cА-В1]{1,12}$/)
export const { spans: anySpans } = fc.letrec<{ spans: Span[]; span: Span }>((tie) => ({
  spans: fc.array(tie('span'), { maxLength: 4 }),
  span: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'span' },
    words.map((text): Span => ({ kind: 'text', text })),
    words.map((text): Span => ({ kind: 'code', text })),
    fc.record({
      kind: fc.constantFrom('bold' as const, 'italic' as const, 'strike' as const),
      spans: tie('spans'),
    }),
    tie('spans').map((inner): Span => ({ kind: 'link', url: 'https://shop.ru/a_(b)', spans: inner })),
  ),
}))
