import { setTimeout as wait } from 'node:timers/promises'

/**
 * What a page does not wait for longer than so: the work goes on, and what it gives then is nobody's.
 * @returns what the work gives, or `otherwise` after `patienceMs`
 * @throws what the work throws by then
 */
export async function withPatience<T>(work: Promise<T>, patienceMs: number, otherwise: T): Promise<T> {
  const patience = new AbortController()
  const waited = wait(patienceMs, otherwise, { signal: patience.signal, ref: false }).catch(() => otherwise)
  try {
    return await Promise.race([work, waited])
  } finally {
    patience.abort()
  }
}
