import { createServer } from 'node:net'

const mostTried = 100

/** The wanted port, or the next one that nothing listens on. 0 stays 0: the system chooses. */
export async function freePort(host: string, wanted: number): Promise<number> {
  if (wanted === 0) return 0
  const last = Math.min(wanted + mostTried, 65_535)
  for (let port = wanted; port < last; port++) if (await isFree(host, port)) return port
  return last
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
