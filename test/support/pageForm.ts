import { expect } from 'chai'
import { load } from 'cheerio'

export type Typed = Record<string, string | string[]>

/** What a form of a page would send if it were sent as it stands, without a button. */
export function formOn(html: string, action?: string): Typed {
  const $ = load(html)
  const form = $(action === undefined ? 'main form[method=post]' : `main form[action="${action}"]`).first()
  expect(form, `a form${action === undefined ? '' : ` to ${action}`}`).to.have.length(1)
  const typed: Typed = {}
  for (const { name, value } of form.serializeArray()) {
    const text = value.replaceAll('\r\n', '\n')
    typed[name] = name in typed ? [typed[name] ?? [], text].flat() : text
  }
  return typed
}

/** The problems that a page lists in its summary, by field; each must stand beside its field too, and lead to it. */
export function problemsOn(html: string): Record<string, string> {
  const $ = load(html)
  const listed = $('.govuk-error-summary__list li').toArray()
  expect($('title').text().startsWith('Error: '), 'the title says that there is an error').to.equal(listed.length > 0)
  const problems = listed.map(item => {
    const field = $(item).find('a').attr('href')?.slice(1)
    if (field !== undefined) {
      expect($(`[id="${field}"]`), `the field #${field}`).to.have.length(1)
      expect($(`[id="${field}-error"]`).text(), `beside ${field}`).to.include($(item).text())
    }
    return [field ?? 'form', $(item).text()] as const
  })
  expect($('.govuk-error-message'), 'messages beside fields').to.have.length(problems.filter(([field]) => field !== 'form').length)
  return Object.fromEntries(problems)
}

export const headingOf = (html: string): string => load(html)('main h1').text().trim()
/** The addresses that a page's main part links to. */
export const linksOn = (html: string): string[] =>
  load(html)('main a[href]')
    .toArray()
    .map(link => link.attribs.href as string)
