import { blanks } from '../../characters.ts'
import { typografRule } from '../../../engine/typograf-rule.ts'

export const ooo = typografRule({
  code: 'ru/nbsp/ooo',
  title: '“ООО” and its like are tied to the name',
  why: 'Neither says anything without the other.',
  writes: blanks,
  languages: ['ru'],
  guard: /(?:О[ОА]|ЗА)О |НИИ |ПБОЮЛ /,
  examples: [{ lang: 'ru', before: 'фирма ООО Ромашка', after: 'фирма ООО&nbsp;Ромашка' }],
})
