import { inOneLine, type OmemoClient } from './client.ts'

/** What it makes of links is that of 2026; 1.7, which Debian 12 has, opens the chat for any query that it does not know. */
export const gajim: OmemoClient = {
  id: 'gajim',
  names: ['Gajim'],
  shows: 'fingerprint',
  layOut: groups => `${inOneLine(groups.slice(0, 4))}\n${inOneLine(groups.slice(4))}`.toUpperCase(),
  words: {
    en: {
      steps: [
        'Open the chat with {address}. If you do not know the contact yet, {open} adds it. Choose OMEMO at the lock beside the box for messages.',
        'Open the contact’s details from the menu of the chat, and there “Encryption (OMEMO)”.',
        'Compare each fingerprint with those below. Click on the shield beside it: “Verified” for every one that is here, “Untrusted” for every other.',
      ],
      worked:
        'Beside every fingerprint that is here is a green shield, and beside no other. Gajim begins with “Blind Trust” for all of them.',
    },
    ru: {
      steps: [
        'Откройте чат с {address}. Если контакта у вас ещё нет, его добавит {open}. У замка рядом с полем для сообщений выберите OMEMO.',
        'Откройте из меню чата сведения о контакте, а там раздел о шифровании OMEMO.',
        'Сравните каждый отпечаток с теми, что ниже. Нажмите на щит рядом с ним: «проверено» у тех, что здесь есть, «не доверять» у всех остальных.',
      ],
      worked:
        'Зелёный щит стоит у каждого отпечатка с этой страницы и ни у какого другого. Сначала Gajim слепо доверяет всем.',
    },
  },
  links: { bare: 'nothing', roster: 'chat', message: 'chat', trustMessage: 'nothing' },
}
