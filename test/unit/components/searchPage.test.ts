import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import { createPageRenderer } from '../../../server/http/pageRenderer.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const renderer = createPageRenderer({ viewsDir: join(projectRoot, 'views'), publicDir: join(projectRoot, 'public'), cache: true })
const person = { name: 'Ines Duarte', slug: 'ines-duarte', administrator: false }
const nothing = { title: 'Search', q: '', understood: [], hidden: [], facets: [], groups: [], sorts: [] }
const page = (model: object) =>
  load(renderer.render('search/results', { ...nothing, ...model }, { partnership: 'Cheshire ICT', path: '/search', person }))

const people = [
  { name: 'Tomos Hale', href: '/people/tomos-hale', role: 'Engineer', organisation: 'Cheshire West', badges: [], reasons: [] },
]
const articles = [{ title: 'Moving <mark>servers</mark>', href: '/knowledge/moving', fragments: [], facts: ['How-to'], badges: [] }]
const found = {
  q: 'servers',
  groups: [
    { type: 'person', heading: 'People who know', total: 12, allHref: '/search?q=servers&type=person', allLabel: 'All 12 people', people },
    { type: 'article', heading: 'Knowledge', total: 1, articles },
  ],
}

describe('the page of search', () => {
  it('shows what can be asked when nothing is asked', () => {
    const $ = page({})
    expect($('h1').text()).to.equal('Search')
    expect($('.examples a').length).to.be.greaterThan(3)
  })

  it('has a section for each group, named by its heading, with the way to all of it', () => {
    const $ = page(found)
    expect(
      $('section h2')
        .get()
        .map(heading => $(heading).text().trim()),
    ).to.deep.equal(['People who know', 'Knowledge'])
    expect($('a[href="/search?q=servers&type=person"]').text()).to.equal('All 12 people')
    expect($('.row--person a').text()).to.equal('Tomos Hale')
    expect($('.row--article mark').text()).to.equal('servers')
  })

  it('leads back to everything from the list of one type', () => {
    const $ = page({ ...found, type: 'person', groups: found.groups.slice(0, 1) })
    expect($('.section-heading a').attr('href')).to.equal('/search?q=servers')
    expect($('.section-heading').text()).to.contain('12')
  })

  it('keeps the question in the form of the filters and says how many are chosen', () => {
    const values = [{ value: 'cw', label: 'Cheshire West', count: 9, checked: true }]
    const $ = page({
      ...found,
      hidden: [{ name: 'q', value: 'servers' }],
      facets: [{ name: 'organisation', title: 'Organisation', values }],
    })
    expect($('.filters form input[type=hidden][name=q]').val()).to.equal('servers')
    expect($('.filters summary').text()).to.equal('Filters (1 chosen)')
  })

  it('says what the question was narrowed to, and everything the search has to tell', () => {
    const $ = page({
      ...found,
      understood: [{ label: 'skill: VMware', removeHref: '/search?q=x' }],
      notice: 'Simple results',
      hint: 'Read as plain words',
    })
    expect($('.search-band .chip').text()).to.contain('skill: VMware')
    expect($('.search-notice').text().trim()).to.equal('Simple results')
    expect($('main').text()).to.contain('Read as plain words')
  })

  it('says that nothing was found, and what to do', () => {
    expect(page({ q: 'xyz', empty: { heading: 'Nothing found for “xyz”', text: 'Try other words' } })('.empty-state').text()).to.contain(
      'Try other words',
    )
  })
})
