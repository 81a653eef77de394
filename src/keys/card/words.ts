/** What the sheets say, by language. */
export interface CardWords {
  /** Above the sheets, on the screen. */
  readonly print: string
  readonly nothing: string
  /** Names of the sheets, for who does not see them. */
  readonly front: string
  readonly back: string
  readonly poster: string
  readonly scan: string
  readonly entry: string
  readonly page: string
  readonly signed: string
  readonly steps: readonly string[]
}

export const cardWords = {
  en: {
    print:
      'Print this page: of\u00a0each address two sides of\u00a0a\u00a0card (A7), and a\u00a0poster (A4).',
    nothing: 'There is nothing to\u00a0print: no\u00a0device has a\u00a0code.',
    front: 'Card, front',
    back: 'Card, back',
    poster: 'Poster',
    scan: 'Scan it with your XMPP app: it\u00a0learns the keys of\u00a0my devices, and messages to\u00a0me are encrypted to\u00a0them alone.',
    entry: 'For the address book of\u00a0your phone',
    page: 'Which keys are mine, and how to\u00a0check:',
    signed: 'The list is\u00a0signed with',
    steps: [
      'Scan the code with your XMPP app: Conversations, Monal, Cheogram, Monocles.',
      'Look in\u00a0the contact’s details: every key there has to\u00a0be\u00a0marked as\u00a0verified.',
      'With another app, or\u00a0without one, compare by\u00a0eye: the page says how.',
    ],
  },
  ru: {
    print: 'Напечатайте эту страницу: для каждого адреса две стороны карточки (A7) и\u00a0плакат (A4).',
    nothing: 'Печатать нечего: ни\u00a0у\u00a0одного устройства нет кода.',
    front: 'Карточка, лицевая сторона',
    back: 'Карточка, оборот',
    poster: 'Плакат',
    scan: 'Отсканируйте XMPP-приложением: оно узнает ключи моих устройств, и\u00a0сообщения мне будут зашифрованы только для них.',
    entry: 'Для адресной книги телефона',
    page: 'Какие ключи мои и\u00a0как это проверить:',
    signed: 'Список подписан ключом',
    steps: [
      'Отсканируйте код XMPP-приложением: Conversations, Monal, Cheogram, Monocles.',
      'Загляните в\u00a0сведения о\u00a0контакте: каждый ключ там должен быть отмечен как проверенный.',
      'В\u00a0другом приложении или без него сравните на\u00a0глаз: как, сказано на\u00a0странице.',
    ],
  },
} as const satisfies Record<string, CardWords>
