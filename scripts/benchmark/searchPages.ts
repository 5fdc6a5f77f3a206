import { percentile } from '../../server/search/evaluation/metrics.ts'
import { anyWord, madeUpNumbers, madeUpWords } from './madeUpText.ts'

const questions = 60

/** 60 different questions: words of every frequency, phrases, excluded words, and some for one type only. */
export function madeUpQuestions(): string[] {
  const number = madeUpNumbers(60)
  return Array.from({ length: questions }, (_, position) => {
    const rare = madeUpWords[100 + position * 13]
    const words = [anyWord(number), rare, anyWord(number), anyWord(number)].slice(0, 1 + (position % 4))
    const text =
      position % 10 === 9 ? `"${words.join(' ')}"` : position % 10 === 8 ? `${words.join(' ')} -${anyWord(number)}` : words.join(' ')
    const type = position % 3 === 0 ? '' : position % 3 === 1 ? '&type=article' : '&type=person'
    return `/search?q=${encodeURIComponent(text)}${type}`
  })
}

/** What somebody has typed so far: the first letters of words of every frequency. */
export const madeUpBeginnings = (): string[] =>
  Array.from({ length: questions }, (_, position) => {
    const word = madeUpWords[position * 50] as string
    return `/search/suggestions?q=${word.slice(0, 2 + (position % 4))}`
  })

/** The addresses of the newest articles, as their list has them. */
export async function newestArticles(url: string, cookie: string): Promise<string[]> {
  const lists = await Promise.all([1, 2, 3].map(page => searchPage(url, cookie, `/knowledge?page=${page}`)))
  const linked = lists.flatMap(list => [...list.matchAll(/href="(\/knowledge\/made-up-[^"/]+)"/g)])
  return [...new Set(linked.map(([, address]) => address as string))]
}

export interface Taken {
  /** ms */
  p95: number
  median: number
}

export const percentiles = (taken: number[]): Taken => ({ p95: percentile(taken, 0.95), median: percentile(taken, 0.5) })

/** Each address once, one after the other. */
export async function measurePages(
  url: string,
  cookie: string,
  addresses: readonly string[],
  pageBegins: () => void = () => undefined,
): Promise<Taken> {
  const taken: number[] = []
  for (const address of addresses) {
    pageBegins()
    const started = performance.now()
    await searchPage(url, cookie, address)
    taken.push(performance.now() - started)
  }
  return percentiles(taken)
}

export async function searchPage(url: string, cookie: string, address: string): Promise<string> {
  const answer = await fetch(`${url}${address}`, { headers: { cookie }, redirect: 'manual' })
  const page = await answer.text()
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}: ${page.slice(0, 300)}`)
  return page
}

/** @returns the cookie of the sign-in */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: { origin: url, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password }),
    redirect: 'manual',
  })
  const cookie = answer.headers.getSetCookie().map(line => line.split(';')[0])
  if (answer.status !== 303 || cookie.length === 0)
    throw new Error(`The sign-in answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  return cookie.join('; ')
}
