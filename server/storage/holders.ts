import { hostname } from 'node:os'

/** Who has something that only one process has at a time: a lease, a job. */
export interface Holder {
  /** One for each time that it is taken, or for each runner. */
  holder: string
  host: string
  pid: number
}

/** Holders of this process, also of rights that it is just asking for. */
export const heldHere = new Set<string>()

/** Whether the process runs, as far as this machine can tell; another holder that had this process's own number is gone. */
export function isAlive({ holder, host, pid }: Holder): boolean {
  if (host !== hostname()) return true
  if (pid === process.pid) return heldHere.has(holder)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
