import type { AccountView } from '../page/view.ts'

/**
 * An account as an entry of an address book (RFC 2426, RFC 4770), for the camera of a phone. Conversations reads it as a code of
 * devices, where its lines end with LF alone. All of it comes from the signed manifest.
 */
export const vCard = ({ label, link }: Pick<AccountView, 'label' | 'link'>, signerKey: string): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${escapeText(label)};;;;`,
    `FN:${escapeText(label)}`,
    `IMPP:${link}`,
    `NOTE:${escapeText(`The keys of this address are signed with ${signerKey}`)}`,
    'END:VCARD',
    '',
  ].join('\n')

const escapeText = (text: string) => text.replace(/[\\,;]/g, '\\$&')
