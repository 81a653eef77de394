declare module '@xmpp/jid' {
  export function parse(text: string): { toString(): string }
}
