declare module '@xmpp/client' {
  import type { EventEmitter } from 'node:events'

  export interface Element {
    readonly name: string
    readonly attrs: Record<string, string | undefined>
    is(name: string, xmlns?: string): boolean
    getChild(name: string, xmlns?: string): Element | undefined
    getChildren(name: string, xmlns?: string): Element[]
    getChildElements(): Element[]
    text(): string
  }

  type Authenticate = (
    credentials: { readonly username: string; readonly password: string },
    mechanism: string,
    userAgent: Element,
  ) => Promise<void>

  interface Destroyable {
    destroy(): void
  }

  /** With the members of 0.14 that `stream.ts` puts its own checks into. */
  export interface Client extends EventEmitter {
    timeout: number
    readonly jid: { toString(): string } | null
    socket:
      (Partial<Destroyable> & { readonly socket?: Destroyable & { readonly authorized?: boolean } }) | null
    readonly reconnect: { stop(): void }
    readonly saslFactory: { readonly _mechs: object[] }
    readonly iqCaller: {
      readonly handlers: Map<string, { readonly promise: Promise<unknown>; reject(error: Error): void }>
      request(iq: Element, timeout: number): Promise<Element>
    }
    readonly iqCallee: {
      get(xmlns: string, name: string, answer: () => Element): void
    }
    connect(service: string): Promise<void>
    open(options: { readonly domain: string }): Promise<unknown>
    send(stanza: Element): Promise<void>
    disconnect(): Promise<unknown>
    socketParameters(service: string): object
    _onData(data: Uint8Array): void
    _onSeeOtherHost(error: Error): void
  }

  export function client(options: {
    readonly service: string
    readonly domain: string
    readonly timeout: number
    readonly resource?: string
    readonly credentials: (authenticate: Authenticate, mechanisms: readonly string[]) => Promise<void>
  }): Client

  export function xml(
    name: string,
    attrs?: Readonly<Record<string, string | undefined>>,
    ...children: readonly (Element | string)[]
  ): Element
}
