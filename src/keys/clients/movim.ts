import { inOneLine, type OmemoClient } from './client.ts'

export const movim: OmemoClient = {
  id: 'movim',
  names: ['Movim'],
  shows: 'fingerprint',
  layOut: inOneLine,
  words: {
    en: {
      steps: [
        'Open the chat with {address}, and click on the lock beside the box for messages, so that it is closed.',
        'Click on the name at the top: the contact’s details have a tab “Fingerprints”.',
        'Compare each with those below. Tick every one that is here, and take the tick away from every other.',
      ],
      worked: 'Only fingerprints of this page are ticked.',
    },
    ru: {
      steps: [
        'Откройте чат с {address} и нажмите на замок рядом с полем для сообщений, чтобы он закрылся.',
        'Нажмите на имя вверху: в сведениях о контакте есть вкладка с отпечатками («Fingerprints»).',
        'Сравните каждый с теми, что ниже. Поставьте галочки у тех, что здесь есть, и снимите у всех остальных.',
      ],
      worked: 'Галочки стоят только у отпечатков с этой страницы.',
    },
  },
  links: { bare: 'chat', roster: 'chat', message: 'chat', trustMessage: 'nothing' },
}
