import { setTimeout as wait } from 'node:timers/promises'

const deadlineMs = 1_000

/** For a metric: 1 when the question is answered within a second, whatever the answer is; 0 otherwise. */
export async function oneIfItAnswers(ask: () => Promise<unknown>): Promise<0 | 1> {
  const answered = new AbortController()
  const late = wait(deadlineMs, 0 as const, { signal: answered.signal }).catch(() => 0 as const)
  const answer = ask().then(
    () => 1 as const,
    () => 0 as const,
  )
  return Promise.race([answer, late]).finally(() => answered.abort())
}
