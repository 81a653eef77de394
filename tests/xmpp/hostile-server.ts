import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { TLSSocket, createSecureContext } from 'node:tls'

export interface HostileServer {
  readonly port: number
  /** All that was sent to it. */
  received(): string
  stop(): Promise<void>
}

/** The answer of the server to a stanza or a header; undefined for none. */
export type Script = (text: string, socket: Socket, connection: number) => string | undefined

const header = `<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1' from='example.org' version='1.0'>`
const features = (inner: string) => `<stream:features>${inner}</stream:features>`

export const offers = {
  startTls: `${header}${features("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>")}`,
  login: (...mechanisms: readonly string[]) =>
    `${header}${features(`<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${mechanisms.map(name => `<mechanism>${name}</mechanism>`).join('')}</mechanisms>`)}`,
  bind: `${header}${features("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>")}`,
}

/** A hostile server with a good certificate: up to the login it is correct, unless the script changes that. */
export async function startHostile(
  { certificate, key }: { readonly certificate: string; readonly key: string },
  script: Script,
): Promise<HostileServer> {
  const context = createSecureContext({ cert: readFileSync(certificate), key: readFileSync(key) })
  const sockets = new Set<Socket>()
  let received = ''
  let count = 0
  const server = createServer(plain => {
    const connection = ++count
    sockets.add(plain)
    let isLoggedIn = false
    let streams = 0
    const attend = (socket: Socket) => {
      socket.on('error', () => socket.destroy())
      socket.on('data', data => {
        const text = String(data)
        received += text
        if (text.includes('<stream:stream')) streams++
        const own = script(text, socket, connection)
        if (own !== undefined) {
          socket.write(own)
          return
        }
        if (text.includes('<starttls')) {
          plain.removeAllListeners('data')
          plain.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", () =>
            attend(new TLSSocket(plain, { isServer: true, secureContext: context })),
          )
          return
        }
        if (text.includes('<auth')) {
          isLoggedIn = true
          socket.write("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
          return
        }
        const [, id] = /<iq[^>]* id="([^"]*)"/.exec(text) ?? []
        if (text.includes('<bind')) {
          const bound =
            "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>auditor@example.org/x</jid></bind>"
          socket.write(`<iq type='result' id='${id}'>${bound}</iq>`)
          return
        }
        if (text.includes('<stream:stream')) {
          socket.write(isLoggedIn ? offers.bind : streams === 1 ? offers.startTls : offers.login('PLAIN'))
        }
        if (text.includes('</stream:stream>')) socket.end('</stream:stream>')
      })
    }
    attend(plain)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received: () => received,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Answers each question with what `answer` makes of its node and id. */
export const answering =
  (answer: (node: string, id: string) => string): Script =>
  text => {
    const questions = [...text.matchAll(/<iq[^>]* id="([^"]*)"[^>]*><pubsub.*?node="([^"]*)"/g)]
    return questions.length > 0
      ? questions.map(([, id = '', node = '']) => answer(node, id)).join('')
      : undefined
  }
