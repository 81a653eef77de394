import { inOneLine, type OmemoClient } from './client.ts'

export const converse: OmemoClient = {
  id: 'converse',
  names: ['Converse'],
  shows: 'fingerprint',
  layOut: inOneLine,
  words: {
    en: {
      steps: [
        'Open the chat with {address}, and click on the lock beside the box for messages, so that it is closed.',
        'Click on the name at the top: in the contact’s details stands “OMEMO Fingerprints”.',
        'Compare each with those below. Choose “Trusted” for every one that is here, and “Untrusted” for every other.',
      ],
      worked:
        'Only keys of this page stand at “Trusted”. Converse trusts every new key until you say otherwise.',
    },
    ru: {
      steps: [
        'Откройте чат с {address} и нажмите на замок рядом с полем для сообщений, чтобы он закрылся.',
        'Нажмите на имя вверху: в сведениях о контакте есть раздел «OMEMO Fingerprints», отпечатки.',
        'Сравните каждый с теми, что ниже. Отметьте «Trusted» у тех, что здесь есть, и «Untrusted» у всех остальных.',
      ],
      worked:
        '«Trusted» стоит только у ключей с этой страницы. Converse доверяет каждому новому ключу, пока вы не скажете иначе.',
    },
  },
  links: { bare: 'chat', roster: 'chat', message: 'chat', trustMessage: 'nothing' },
}
