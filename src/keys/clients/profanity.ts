import { markup } from '../../core/html.ts'
import type { OmemoClient } from './client.ts'

export const profanity: OmemoClient = {
  id: 'profanity',
  names: ['Profanity'],
  shows: 'fingerprint',
  layOut: groups => groups.join('-'),
  command: (jid, text) => `/omemo trust ${jid} ${text}`,
  steps: markup`<code>/omemo fingerprint</code> with the address lists the keys; paste the line given below each
    device.`,
  links: { bare: 'nothing', roster: 'nothing', message: 'nothing', trustMessage: 'nothing' },
}
