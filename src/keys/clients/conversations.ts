import { markup } from '../../core/html.ts'
import { inOneLine, type OmemoClient } from './client.ts'

export const conversations: OmemoClient = {
  id: 'conversations',
  names: ['Conversations', 'Cheogram', 'Monocles'],
  shows: 'fingerprint',
  layOut: inOneLine,
  steps: markup`Scan the code from the list of&nbsp;chats, or&nbsp;tap the link on&nbsp;the phone. The app asks
    whether you trust where the link comes from, and marks the keys as&nbsp;verified. By&nbsp;eye: tap the
    name above the chat; the keys are at&nbsp;the end of&nbsp;the contact’s details.`,
  links: { bare: 'keys', roster: 'keys', message: 'chat', trustMessage: 'nothing' },
}
