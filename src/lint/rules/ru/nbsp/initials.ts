import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const initials = typografRule({
  code: 'ru/nbsp/initials',
  title: 'Initials are tied to each other and to the surname',
  why: 'A person should not be cut in two.',
  writes: blanks,
  languages: ['ru'],
  guard: /[А-ЯЁ]\.[ \u00A0\u202F]?[А-ЯЁ]\./,
  examples: [{ lang: 'ru', before: 'поэт А. С. Пушкин', after: 'поэт А.&nbsp;С.&nbsp;Пушкин' }],
})
