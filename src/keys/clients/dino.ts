import { markup } from '../../core/html.ts'
import type { OmemoClient } from './client.ts'

export const dino: OmemoClient = {
  id: 'dino',
  names: ['Dino'],
  shows: 'fingerprint',
  layOut: ([a, b, c, d, e, f, g, h]) => `${a}\u00a0${b} ${c}\u00a0${d}\n${e}\u00a0${f} ${g}\u00a0${h}`,
  steps: markup`Contact details, “Encryption”: choose a&nbsp;device, “Verify key fingerprint”, compare, “Fingerprints
    match”.`,
  links: { bare: 'nothing', roster: 'nothing', message: 'chat', trustMessage: 'nothing' },
}
