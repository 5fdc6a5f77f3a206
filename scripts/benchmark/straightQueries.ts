import type { SearchEngine } from '../../server/search/searchEngine.ts'

type Call = { begunAt: number; endedAt: number; again: () => Promise<unknown> }

/** Remembers what each page asks of the engine, and asks it again without the page: what a page cannot be quicker than. */
export class StraightQueries {
  private readonly pages: Call[][] = []

  constructor(engine: SearchEngine) {
    for (const name of ['search', 'occurring', 'wordsNear'] as const) {
      const ask = engine[name].bind(engine) as (asked: never) => Promise<never>
      engine[name] = (asked: never) => this.remembered(() => ask(asked))
    }
  }

  beginPage(): void {
    this.pages.push([])
  }

  /** What ran side by side runs so again. @returns ms for each page */
  async askAgain(): Promise<number[]> {
    const taken: number[] = []
    for (const calls of this.pages.splice(0)) {
      const started = performance.now()
      for (const together of sideBySide(calls)) await Promise.all(together.map(({ again }) => again()))
      taken.push(performance.now() - started)
    }
    return taken
  }

  private async remembered<T>(ask: () => Promise<T>): Promise<T> {
    const call: Call = { begunAt: performance.now(), endedAt: Number.POSITIVE_INFINITY, again: ask }
    this.pages.at(-1)?.push(call)
    try {
      return await ask()
    } finally {
      call.endedAt = performance.now()
    }
  }
}

function sideBySide(calls: readonly Call[]): Call[][] {
  const groups: Call[][] = []
  let until = Number.NEGATIVE_INFINITY
  for (const call of calls) {
    if (call.begunAt < until) groups.at(-1)?.push(call)
    else groups.push([call])
    until = Math.max(until, call.endedAt)
  }
  return groups
}
