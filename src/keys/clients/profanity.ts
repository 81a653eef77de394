import type { OmemoClient } from './client.ts'

/** It trusts only keys that it has fetched; tests/xmpp/page.test.ts types these steps into a real one. */
export const profanity: OmemoClient = {
  id: 'profanity',
  names: ['Profanity'],
  shows: 'fingerprint',
  layOut: groups => groups.join('-'),
  command: (jid, text) => `/omemo trust ${jid} ${text}`,
  words: {
    en: {
      steps: [
        'Type `/omemo start {address}`. Profanity opens the chat and fetches the keys; before that it answers “Cannot trust unknown device”. If it has no keys of its own yet, it asks you to type /omemo gen first.',
        'Paste the lines below, one after the other. Behind each, “(trusted)” appears; if it does not, the key has not come yet: wait a moment, and paste the line again.',
        'Type `/omemo fingerprint {address}`.',
      ],
      worked:
        'Every key of this page is listed with “(trusted)” behind it, and no other is. A line without that word is a key that is not trusted.',
    },
    ru: {
      steps: [
        'Введите `/omemo start {address}`. Profanity откроет чат и получит ключи; до этого он отвечает «Cannot trust unknown device». Если своих ключей у него ещё нет, он попросит сначала ввести /omemo gen.',
        'Вставьте строки, приведённые ниже, одну за другой. После каждой появится «(trusted)»; если нет, ключ ещё не пришёл: подождите немного и вставьте строку ещё раз.',
        'Введите `/omemo fingerprint {address}`.',
      ],
      worked:
        'За каждым ключом с этой страницы стоит «(trusted)», и ни за каким другим. Строка без этого слова — ключ, которому не доверяют.',
    },
  },
  links: { bare: 'nothing', roster: 'nothing', message: 'nothing', trustMessage: 'nothing' },
}
