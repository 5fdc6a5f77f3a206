import { plainNotice } from '../../../server/search/searchPresenter.ts'
import type { SiteProcess } from './siteProcess.ts'

// biome-ignore lint/suspicious/noThenProperty: a field of the form
const form = { kind: 'how-to', owner: 'me', visibility: 'partnership', then: 'publish' }
const tryAgainMs = 20

/** One article as its writer knows it: what was acknowledged last, and what was sent since without an answer. */
export interface Written {
  slug: string
  title: string
  acknowledged: string
  /** May be there or not. */
  unanswered: string[]
}

interface Paced {
  /** Of all together; as fast as answers come when left out. */
  perSecond?: number
}

/** Counts of answers by status; 0 for none. */
export class Answers {
  readonly byStatus = new Map<number, number>()
  /** Why there was no answer, and how often. */
  readonly reasons = new Map<string, number>()
  /** The longest time without an answer that was good, in ms. */
  longestGapMs = 0
  slowestMs = 0
  private lastGoodAt = performance.now()

  note(status: number, ms: number): void {
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1)
    this.slowestMs = Math.max(this.slowestMs, ms)
    if (status < 200 || status >= 400) return
    const now = performance.now()
    this.longestGapMs = Math.max(this.longestGapMs, now - this.lastGoodAt)
    this.lastGoodAt = now
  }

  get total(): number {
    return [...this.byStatus.values()].reduce((a, b) => a + b, 0)
  }

  /** All that were neither served nor redirected. */
  get failed(): number {
    return [...this.byStatus].filter(([status]) => status < 200 || status >= 400).reduce((sum, [, count]) => sum + count, 0)
  }
}

abstract class Load {
  readonly answers = new Answers()
  protected readonly site: SiteProcess
  protected readonly cookie: string
  protected stopping = false
  private readonly pauseMs: number
  private readonly count: number
  private working: Promise<unknown> = Promise.resolve()

  constructor(site: SiteProcess, cookie: string, count: number, { perSecond }: Paced = {}) {
    this.site = site
    this.cookie = cookie
    this.count = count
    this.pauseMs = perSecond === undefined ? 0 : (count * 1_000) / perSecond
  }

  start(): this {
    this.working = Promise.all(Array.from({ length: this.count }, (_, number) => this.work(number)))
    return this
  }

  async stop(): Promise<void> {
    this.stopping = true
    await this.working
  }

  protected abstract turn(number: number, round: number): Promise<void>

  /** @returns the answer, when it came whole */
  protected async timed(asked: () => Promise<Response>): Promise<Response | undefined> {
    const started = performance.now()
    try {
      const answer = await asked()
      await answer.clone().text()
      this.answers.note(answer.status, performance.now() - started)
      return answer
    } catch (error) {
      const { cause, message } = error as Error & { cause?: { code?: string; message?: string } }
      const reason = cause?.code ?? cause?.message ?? message
      this.answers.reasons.set(reason, (this.answers.reasons.get(reason) ?? 0) + 1)
      this.answers.note(0, performance.now() - started)
      return undefined
    }
  }

  private async work(number: number): Promise<void> {
    for (let round = 0; !this.stopping; round++) {
      const started = performance.now()
      await this.turn(number, round)
      const wait = this.pauseMs - (performance.now() - started)
      if (wait > 0) await new Promise(later => setTimeout(later, wait))
    }
  }
}

/** Writers who save new articles and change their own, and remember what was acknowledged. */
export class Writers extends Load {
  readonly written = new Map<string, Written>()
  private readonly mine = new Map<number, Written & { revision: number }>()

  protected async turn(number: number, round: number): Promise<void> {
    const last = this.mine.get(number)
    if (last !== undefined && round % 3 === 2) await this.change(number, last, round)
    else await this.create(number, round)
  }

  private async create(number: number, round: number): Promise<void> {
    const title = `Written ${number} ${round}`
    const text = `The text of writer ${number} in round ${round}.`
    const answer = await this.timed(() => this.site.post('/knowledge', { ...form, title, text }, this.cookie))
    if (answer?.status !== 303) return pause()
    const slug = (answer.headers.get('location') as string).replace('/knowledge/', '')
    const article = { slug, title, acknowledged: text, unanswered: [], revision: 1 }
    this.written.set(slug, article)
    this.mine.set(number, article)
  }

  private async change(number: number, article: Written & { revision: number }, round: number): Promise<void> {
    const text = `The text of writer ${number}, changed in round ${round}.`
    const given = { ...form, title: article.title, text, revision: String(article.revision) }
    const answer = await this.timed(() => this.site.post(`/knowledge/${article.slug}`, given, this.cookie))
    if (answer?.status === 303) {
      article.acknowledged = text
      article.revision += 1
      return
    }
    article.unanswered.push(text)
    this.mine.delete(number)
    await pause()
  }
}

/** Readers who search for words that are there. */
export class Readers extends Load {
  /** How often the notice stood there that the answer came from the database. */
  plain = 0
  /** What each page must hold; the pages without it are counted. */
  wrong = 0
  private readonly path: string
  private readonly mustHold: string

  constructor(site: SiteProcess, cookie: string, count: number, options: Paced & { path?: string; mustHold?: string } = {}) {
    super(site, cookie, count, options)
    this.path = options.path ?? '/search?q=written'
    this.mustHold = options.mustHold ?? '<h1'
  }

  protected async turn(): Promise<void> {
    const answer = await this.timed(() => this.site.get(this.path, this.cookie))
    if (answer === undefined || answer.status >= 400) return pause()
    const page = await answer.text()
    if (page.includes(plainNotice)) this.plain += 1
    if (!page.includes(this.mustHold)) this.wrong += 1
  }
}

const pause = () => new Promise<void>(later => setTimeout(later, tryAgainMs))
