import { inOneLine, type OmemoClient } from './client.ts'

export const monal: OmemoClient = {
  id: 'monal',
  names: ['Monal'],
  shows: 'fingerprint',
  layOut: groups => inOneLine(groups).toUpperCase(),
  words: {
    en: {
      steps: [
        'Is the app on this device? Tap {open}. If not: where you add a contact, tap the sign of a QR code, and scan the code of this page.',
        'Leave “Import and trust OMEMO fingerprints from QR code” on, and add the contact.',
        'Open the chat with {address}, tap the name at the top, then “Encryption Keys”.',
      ],
      worked: 'Every key there is one of these, and its switch is on. Turn off the switch of any other.',
    },
    ru: {
      steps: [
        'Приложение на этом устройстве? Нажмите {open}. Если нет: там, где добавляют контакт, нажмите значок QR-кода и наведите камеру на код с этой страницы.',
        'Оставьте включённым «Import and trust OMEMO fingerprints from QR code» (взять отпечатки из кода) и добавьте контакт.',
        'Откройте чат с {address}, нажмите на имя вверху, затем на раздел с ключами шифрования («Encryption Keys»).',
      ],
      worked: 'Каждый ключ там есть в этом списке, и его переключатель включён. У любого другого выключите.',
    },
  },
  links: { bare: 'keys', roster: 'keys', message: 'chat', trustMessage: 'nothing' },
}
