import { inOneLine, type OmemoClient } from './client.ts'

export const siskin: OmemoClient = {
  id: 'siskin',
  names: ['Siskin', 'Beagle', 'Snikket (iPhone)'],
  shows: 'fingerprint',
  layOut: inOneLine,
  words: {
    en: {
      steps: [
        'Tap {open} on the device with the app: it adds the contact, and reads no keys. Open the chat with {address}.',
        'Tap the name at the top. In the contact’s details turn encryption to OMEMO; the fingerprints are below it.',
        'Compare each with those below. Leave the switch on beside every one that is here, and turn off every other.',
      ],
      worked:
        'Only fingerprints of this page have their switch on. The app trusts every new key until you say otherwise.',
    },
    ru: {
      steps: [
        'Нажмите {open} на устройстве с приложением: он добавит контакт, но ключей не прочтёт. Откройте чат с {address}.',
        'Нажмите на имя вверху. В сведениях о контакте выберите шифрование OMEMO; отпечатки стоят под ним.',
        'Сравните каждый с теми, что ниже. Оставьте переключатель включённым у тех, что здесь есть, и выключите у всех остальных.',
      ],
      worked:
        'Переключатели включены только у отпечатков с этой страницы. Приложение доверяет каждому новому ключу, пока вы не скажете иначе.',
    },
  },
  links: { bare: 'chat', roster: 'chat', message: 'chat', trustMessage: 'nothing' },
}
