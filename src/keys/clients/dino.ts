import type { OmemoClient } from './client.ts'

export const dino: OmemoClient = {
  id: 'dino',
  names: ['Dino'],
  shows: 'fingerprint',
  layOut: ([a, b, c, d, e, f, g, h]) => `${a}\u00a0${b} ${c}\u00a0${d}\n${e}\u00a0${f} ${g}\u00a0${h}`,
  words: {
    en: {
      steps: [
        'Open the chat with {address}: {write} does it. Dino does not read keys from links. Click on the lock beside the box for messages, and choose OMEMO.',
        'Click on the name at the top, then on “Encryption”: there are the keys of the contact.',
        'Click on each key, “Verify key fingerprint”, compare it with those below, then “Fingerprints match”.',
      ],
      worked: 'Every key that is accepted is marked “Verified”, and is one of these.',
    },
    ru: {
      steps: [
        'Откройте чат с {address}: это делает {write}. Ключей из ссылок Dino не читает. Нажмите на замок рядом с полем для сообщений и выберите OMEMO.',
        'Нажмите на имя вверху, затем на раздел о шифровании («Encryption»): там ключи контакта.',
        'Нажмите на каждый ключ, затем «Verify key fingerprint», сравните с тем, что ниже, и нажмите «Fingerprints match».',
      ],
      worked: 'Каждый принятый ключ помечен как проверенный («Verified») и есть в этом списке.',
    },
  },
  links: { bare: 'nothing', roster: 'nothing', message: 'chat', trustMessage: 'nothing' },
}
