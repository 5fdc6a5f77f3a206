import type { Socket } from 'node:net'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { runCommand } from './commands.ts'
import { Cursors } from './cursors.ts'
import { Store } from './store.ts'
import { serveWire } from './wireServer.ts'

const port = parentPort as MessagePort
const { file, socket, sweepMs } = workerData as { file: string; socket: string; sweepMs: number }

try {
  serve(new Store(file))
} catch (error) {
  port.postMessage({ problem: (error as Error).message })
}

function serve(store: Store): void {
  const cursors = new Cursors()
  const connections = new Set<Socket>()
  const server = serveWire(command => runCommand(store, cursors, command))
  server.on('connection', connection => {
    connections.add(connection)
    connection.on('close', () => connections.delete(connection))
  })
  server.on('error', error => port.postMessage({ problem: error.message }))
  server.listen(socket, () => port.postMessage({ listening: true }))

  const sweeping = setInterval(() => {
    void cursors.closeIdle(Date.now())
    store.sweep(new Date()).catch(() => undefined) // A full disk shows with the next write; the sweep comes again.
  }, sweepMs)

  port.on('message', () => {
    clearInterval(sweeping)
    server.close()
    for (const connection of connections) connection.destroy()
    store.close()
    port.postMessage({ closed: true })
    port.close()
  })
}
