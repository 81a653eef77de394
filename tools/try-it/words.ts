/** What the page says by its script; all else stands in its source. */
export interface PageWords {
  readonly example: string
  summary(found: number, set: number): string
  readonly nothing: string
  readonly working: string
  readonly more: string
  readonly copied: string
  readonly notCopied: string
  readonly shared: string
  readonly unread: string
  readonly failed: string
  readonly isSet: string
  readonly isLeft: string
}

const en: PageWords = {
  example: `## The space that "does not break"

It's 5 km to the sea - a walk of 2-3 hours, isn't it?  In 1990-2000 one said "a 'good' walk"...

- \`"code"\` stays as it is, and so does <kbd>a - b</kbd>.
`,
  summary: (found, set) =>
    `${found} ${found === 1 ? 'place' : 'places'}, of which ${set} ${set === 1 ? 'is' : 'are'} set below.`,
  nothing: 'Well set: there is nothing to change.',
  working: 'Reading…',
  more: 'Only the first 3,000 places are marked.',
  copied: 'The set text is on the clipboard.',
  notCopied:
    'The browser does not let this page use the clipboard: the text is selected, copy it with the keyboard.',
  shared: 'The address of this page holds the text now, and is on the clipboard. It was sent nowhere.',
  unread: 'The address of this page holds no text that can be read.',
  failed: 'The linter failed on this text. Please report it, with the text.',
  isSet: 'It is set below.',
  isLeft: 'It is left for you to decide.',
}

const ru: PageWords = {
  example: `## Пробел, который "не рвется"

До моря 5 км - это 2-3 часа пути, не так ли?  В 1990-2000 гг. и т.д. говорили "хорошая 'прогулка'"...

- \`"код"\` остаётся как есть, и <kbd>a - b</kbd> тоже.
`,
  summary: (found, set) => `Мест: ${found}, из них исправлено ниже: ${set}.`,
  nothing: 'Набрано хорошо: исправлять нечего.',
  working: 'Читаем…',
  more: 'Отмечены только первые 3000 мест.',
  copied: 'Исправленный текст в буфере обмена.',
  notCopied: 'Браузер не даёт этой странице буфер обмена: текст выделен, скопируйте его с клавиатуры.',
  shared: 'Теперь текст в адресе этой страницы, а адрес в буфере обмена. Никуда он не отправлен.',
  unread: 'В адресе этой страницы нет текста, который можно прочесть.',
  failed: 'На этом тексте проверка сломалась. Пожалуйста, сообщите об этом, приложив текст.',
  isSet: 'Исправлено ниже.',
  isLeft: 'Решать вам.',
}

export const wordsOf = (lang: string): PageWords => (lang.startsWith('ru') ? ru : en)
