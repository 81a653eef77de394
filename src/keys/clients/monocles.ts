import { conversations } from './conversations.ts'
import { inOneLine, type OmemoClient } from './client.ts'

/** A fork of Conversations with one more OMEMO, `urn:monocles:omemo-pq:1`, which has keys of its own under the same ids. */
export const monocles: OmemoClient = {
  id: 'monocles',
  names: ['Monocles'],
  shows: 'fingerprint',
  showsPq: true,
  layOut: inOneLine,
  words: {
    en: {
      steps: conversations.words.en.steps,
      worked:
        'Every key there has a green shield, and is one of these. A device on which Monocles runs has a second key, for its post-quantum encryption.',
    },
    ru: {
      steps: conversations.words.ru.steps,
      worked:
        'У каждого ключа зелёный щит, и каждый есть в этом списке. У устройства с Monocles есть второй ключ, для постквантового шифрования.',
    },
  },
  links: conversations.links,
}
