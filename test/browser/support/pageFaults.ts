import { type CheerioAPI, load } from 'cheerio'

const controls = 'input:not([type=hidden]), select, textarea'
const landmarks = 'header, main, nav, footer, [role=search]'

/** What somebody with a screen reader would miss on a page; empty when all is well. */
export function pageFaults(html: string): string[] {
  const $ = load(html)
  return [...faultsOfTheWhole($), ...namelessElements($), ...lostReferences($), ...brokenStructure($)]
}

function faultsOfTheWhole($: CheerioAPI): string[] {
  const needed = { 'html[lang]': 'no language', 'title:not(:empty)': 'no title', header: 'no banner' }
  const missing = Object.entries(needed).flatMap(([selector, fault]) => ($(selector).length === 0 ? [fault] : []))
  const once = ['h1', 'main'].flatMap(name => ($(name).length === 1 ? [] : [`${$(name).length} times ${name}`]))
  const outside = $('body > *').filter((_, part) => !$(part).is(`${landmarks}, .govuk-skip-link`) && $(part).find(landmarks).length === 0)
  return [...missing, ...once, ...described($, outside, 'is in no landmark')]
}

function namelessElements($: CheerioAPI): string[] {
  const labelled = (id: string | undefined) => id !== undefined && $(`label[for="${id}"]`).text().trim() !== ''
  const named = '[aria-label], [aria-labelledby]'
  const fields = $(controls).filter((_, field) => !labelled($(field).attr('id')) && !$(field).is(named))
  const silent = $('a, button, summary, legend, h1, h2, h3')
    .not('[hidden]')
    .filter((_, part) => $(part).text().trim() === '' && !$(part).is(named))
  const groups = $('fieldset').filter((_, group) => $(group).children('legend').length !== 1)
  const several = $('nav').length > 1 ? $('nav').not(named) : $()
  return [
    ...described($, fields, 'has no label'),
    ...described($, silent, 'says nothing'),
    ...described($, groups, 'has no legend'),
    ...described($, several, 'has no name'),
    ...described($, $('img:not([alt])'), 'has no alt text'),
    ...described($, $('svg').not('[aria-hidden=true], [role=img]'), 'is neither hidden nor an image'),
  ]
}

function lostReferences($: CheerioAPI): string[] {
  const ids = $('[id]')
    .map((_, part) => $(part).attr('id'))
    .get()
  const doubled = [...new Set(ids.filter((id, position) => ids.indexOf(id) < position))]
  const references = ['for', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls'].flatMap(attribute =>
    $(`[${attribute}]`)
      .map((_, part) => $(part).attr(attribute)?.split(' '))
      .get(),
  )
  const inPage = $('a[href^="#"]')
    .map((_, link) => $(link).attr('href')?.slice(1))
    .get()
  const lost = [...references, ...inPage].filter(id => !ids.includes(id))
  return [...doubled.map(id => `the id ${id} is there more than once`), ...lost.map(id => `nothing has the id ${id}`)]
}

function brokenStructure($: CheerioAPI): string[] {
  const levels = $('h1, h2, h3, h4')
    .map((_, heading) => Number(heading.tagName.slice(1)))
    .get()
  const skipped = levels.filter((level, position) => level > (levels[position - 1] ?? level) + 1)
  return [
    ...skipped.map(level => `a level is left out before an h${level}`),
    ...described($, $('ul > :not(li), ol > :not(li)'), 'is in a list and no part of it'),
    ...described($, $('tbody th:not([scope])'), 'has no scope'),
  ]
}

function described($: CheerioAPI, parts: ReturnType<CheerioAPI>, fault: string): string[] {
  return parts.map((_, part) => `${$.html(part).slice(0, 80)} ${fault}`).get()
}
