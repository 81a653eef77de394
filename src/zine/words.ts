import { languageOf } from '../document/language.ts'

/** What the program itself says in a zine, in the language of its issue. */
export interface ZineWords {
  readonly contents: string
  readonly colophon: string
  readonly cover: string
  readonly notes: string
  /** Before the number of an issue. */
  readonly issue: string
  /** Of a code that leads to an address. */
  readonly qr: string
  /** Before the number of a page that a link leads to. */
  readonly page: string
  readonly from: string
  readonly set: string
  readonly download: string
  readonly reading: string
  readonly booklet: string
  readonly epub: string
}

const english: ZineWords = {
  contents: 'Contents',
  colophon: 'Colophon',
  cover: 'Cover',
  notes: 'Notes',
  issue: 'Issue',
  qr: 'A QR code of the address below',
  page: 'p. ',
  from: 'Made of posts of',
  set: 'Set in',
  download: 'To read and to print',
  reading: 'for the screen, and to print page by page',
  booklet: 'to print on both sides and fold',
  epub: 'for e-book readers',
}

const russian: ZineWords = {
  contents: 'Содержание',
  colophon: 'Выходные данные',
  cover: 'Обложка',
  notes: 'Примечания',
  issue: 'Выпуск',
  qr: 'QR-код адреса, который стоит ниже',
  page: 'с. ',
  from: 'Собрано из записей сайта',
  set: 'Набрано шрифтами',
  download: 'Читать и печатать',
  reading: 'для экрана и для печати страница за страницей',
  booklet: 'для печати с двух сторон: сложите пополам',
  epub: 'для электронных книг',
}

export const wordsIn = (lang: string): ZineWords => (languageOf(lang) === 'ru' ? russian : english)
