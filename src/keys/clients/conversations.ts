import { inOneLine, type OmemoClient } from './client.ts'

/** A scan, and a contact that is new, are verified without a question; only a tapped link of a known contact asks. */
export const conversations: OmemoClient = {
  id: 'conversations',
  names: ['Conversations', 'Cheogram', 'Quicksy', 'Snikket (Android)'],
  shows: 'fingerprint',
  layOut: inOneLine,
  words: {
    en: {
      steps: [
        'Is the app on this phone? Tap {open}. If not: in the list of chats tap the plus sign, then the sign of a QR code, and scan the code of this page.',
        'If the app asks whether you trust where the link comes from, say yes when you came to this page by yourself, and not by a link from that very chat.',
        'Open the chat with {address}, tap the name at the top, and look at the OMEMO keys in the contact’s details.',
      ],
      worked:
        'Every key there has a green shield, and is one of these. The app does not say when a key is another than that in the code: so look. Keys of a new contact come only with the first message.',
    },
    ru: {
      steps: [
        'Приложение на этом телефоне? Нажмите {open}. Если нет: в списке чатов нажмите плюс, затем значок QR-кода и наведите камеру на код с этой страницы.',
        'Если приложение спросит, доверяете ли вы источнику ссылки, ответьте «да», когда пришли на эту страницу сами, а не по ссылке из этого же чата.',
        'Откройте чат с {address}, нажмите на имя вверху и посмотрите на ключи OMEMO в сведениях о контакте.',
      ],
      worked:
        'У каждого ключа зелёный щит, и каждый есть в этом списке. О ключе, который не совпал с кодом, приложение не говорит: посмотрите сами. У нового контакта ключи появятся только с первым сообщением.',
    },
  },
  links: { bare: 'keys', roster: 'keys', message: 'chat', trustMessage: 'nothing' },
}
