import { markup } from '../../core/html.ts'
import { inOneLine, type OmemoClient } from './client.ts'

export const converse: OmemoClient = {
  id: 'converse',
  names: ['Converse'],
  shows: 'fingerprint',
  layOut: inOneLine,
  steps: markup`By&nbsp;eye: the contact’s details, “OMEMO Fingerprints”; compare, then “Trusted” for each that
    is&nbsp;right and “Untrusted” for every other. It&nbsp;reads no&nbsp;keys from links.`,
  links: { bare: 'chat', roster: 'chat', message: 'chat', trustMessage: 'nothing' },
}
