import { expect } from 'chai'
import MarkdownIt from 'markdown-it'
import type { Page } from 'playwright-core'
import { markdownToHtml } from '../../../server/documents/markdown.ts'
import { borrowChromium, giveChromiumBack } from '../support/launchChromium.ts'
import { events, type ScriptCase, scriptCases } from '../support/scriptCases.ts'

/** A page without a policy: nothing but what the texts were made into keeps scripts from running. */
describe('scripts in texts', () => {
  const cases = scriptCases()
  let page: Page

  before(async () => {
    page = await (await borrowChromium()).newPage()
    await page.goto('about:blank')
  })
  after(async () => {
    await page.close()
    await giveChromiumBack()
  })

  /** Shows each, does to every part of it whatever handlers wait for, and follows every link. @returns the cases of which something ran */
  async function running(toHtml: (markdown: string) => string): Promise<ScriptCase[]> {
    const htmls = cases.map(({ markdown }) => toHtml(markdown))
    const numbers = await page.evaluate<number[]>(`(${provoke})(${JSON.stringify({ htmls, events })})`)
    return numbers.map(number => cases[number] as ScriptCase)
  }

  it('are tried in more than 2,000 ways, and none runs', async () => {
    expect(cases.length).to.be.greaterThan(2_000)
    expect((await running(text => markdownToHtml(text))).slice(0, 5)).to.deep.equal([])
  })

  it('would run if nothing were made safe: by every tag, event, spelling and place', async () => {
    const unsafe = new MarkdownIt({ html: true })
    unsafe.validateLink = () => true
    unsafe.normalizeLink = address => address
    const ran = await running(text => unsafe.render(text))
    expect(ran.length).to.be.greaterThan(2_000)
    for (const kind of ['tag', 'event', 'encoding', 'context'] as const) {
      const tried = new Set(cases.map(one => one[kind]))
      expect(
        [...tried].filter(name => !ran.some(one => one[kind] === name)),
        kind,
      ).to.deep.equal([])
    }
  })
})

/** Runs in the page. */
const provoke = `async ({ htmls, events }) => {
  const ran = new Set()
  globalThis.fired = number => void ran.add(number)
  const turn = () => new Promise(resolve => setTimeout(resolve))
  const isScript = link => URL.parse(link.getAttribute('href'), 'https://a.example')?.protocol === 'javascript:'
  const stay = event => [event.target.closest('a, area')].filter(link => link && !isScript(link)).forEach(() => event.preventDefault())
  document.body.addEventListener('click', stay, true)
  for (const html of htmls) {
    const shown = document.createElement('div')
    document.body.append(shown)
    shown.append(document.createRange().createContextualFragment(html))
    for (const part of shown.querySelectorAll('*')) for (const type of events) part.dispatchEvent(new Event(type, { cancelable: true }))
    for (const link of [...shown.querySelectorAll('a[href], area[href]')].filter(isScript)) {
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
      await turn()
    }
    shown.remove()
  }
  await turn()
  return [...ran].sort((a, b) => a - b)
}`
