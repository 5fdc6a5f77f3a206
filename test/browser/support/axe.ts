import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const everything = { runOnly: { type: 'tag', values: rules }, rules: { 'target-size': { enabled: true } } }
const coloursAlone = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/** What breaks WCAG 2.2 AA, in light and in dark; empty when nothing does. The colours alone differ between the two. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Asked through the debugger, so the site's content security policy stays as it is.
  await page.evaluate(source)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, coloursAlone)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...(await violations(page, everything)), ...dark.map(fault => `in dark: ${fault}`)]
}

async function violations(page: Page, options: object): Promise<string[]> {
  const call = `axe.run(document, { ...${JSON.stringify(options)}, resultTypes: ['violations'], preload: false }).then(found => found.violations)`
  const found = await page.evaluate<Violation[]>(call)
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${firstLine(failureSummary)}`),
  )
}

const firstLine = (summary: string) => summary.split('\n')[1]?.trim() ?? ''
