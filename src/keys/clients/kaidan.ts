import { markup } from '../../core/html.ts'
import { inOneLine, type OmemoClient } from './client.ts'

export const kaidan: OmemoClient = {
  id: 'kaidan',
  names: ['Kaidan'],
  // OMEMO 2 (XEP-0384, section 5.3.1) hands keys out in their Ed25519 form.
  shows: 'ed25519',
  layOut: inOneLine,
  steps: markup`It&nbsp;reads trust messages, not the other link. By&nbsp;eye: contact details, “Verify devices”, with
    the Ed25519 form, where one is&nbsp;given.`,
  links: { bare: 'nothing', roster: 'chat', message: 'chat', trustMessage: 'keys' },
}
