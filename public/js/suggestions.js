/** What an address suggests for words, asked once for the same; the answer to words that were typed over does not come. */
export class Suggestions {
  constructor(address) {
    this.address = address
    this.known = new Map([['', []]])
  }

  /** @returns a promise of what is suggested, or of undefined when the question was stopped */
  async of(words) {
    this.stop()
    const known = this.known.get(words)
    if (known !== undefined) return known
    this.asking = new AbortController()
    const { signal } = this.asking
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(words)}`, { headers: { Accept: 'application/json' }, signal })
      const { suggestions } = answer.ok && !answer.redirected ? await answer.json() : { suggestions: [] }
      this.known.set(words, suggestions)
      return suggestions
    } catch {
      return signal.aborted ? undefined : []
    }
  }

  stop() {
    this.asking?.abort()
  }
}
