import { markup } from '../../core/html.ts'
import { inOneLine, type OmemoClient } from './client.ts'

export const monal: OmemoClient = {
  id: 'monal',
  names: ['Monal'],
  shows: 'fingerprint',
  layOut: groups => inOneLine(groups).toUpperCase(),
  steps: markup`Scan the code where you add a&nbsp;contact, and choose “Import and trust OMEMO fingerprints from
    QR&nbsp;code”. By&nbsp;eye: contact details, “Encryption Keys”.`,
  links: { bare: 'keys', roster: 'keys', message: 'chat', trustMessage: 'nothing' },
}
