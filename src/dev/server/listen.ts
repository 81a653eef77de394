import type { Server } from 'node:http'

/** How many ports are tried behind one that is taken. */
const PORTS = 20

/** Listens at the first free port from `first` on, and gives it. Throws what the system throws when there is none. */
export async function listen(server: Server, host: string, first: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await listenAt(server, host, port)
      return (server.address() as { port: number }).port
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || port >= Math.min(first + PORTS, 65_535)) throw error
    }
  }
}

const listenAt = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
