import { markup } from '../../core/html.ts'
import { inOneLine, type OmemoClient } from './client.ts'

export const gajim: OmemoClient = {
  id: 'gajim',
  names: ['Gajim'],
  shows: 'fingerprint',
  layOut: groups => `${inOneLine(groups.slice(0, 4))}\n${inOneLine(groups.slice(4))}`.toUpperCase(),
  steps: markup`Contact details, “Encryption (OMEMO)”: compare, then set the trust of&nbsp;each fingerprint
    to&nbsp;“Verified”.`,
  links: { bare: 'nothing', roster: 'chat', message: 'chat', trustMessage: 'nothing' },
}
