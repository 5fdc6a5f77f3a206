import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { kindOf } from '../../../server/knowledge/kinds/kinds.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson } from '../../support/builders.ts'
import { importedArticle, importing } from '../../support/importing.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const asDraft = Object.fromEntries([['then', 'draft']])
const published = Object.fromEntries([['then', 'publish']])
const dayMs = 86_400_000

describe('kinds of articles', () => {
  let site: TestSite
  let author: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    author = await aPerson(site, { name: 'Ada Writer', organisation: await anOrganisation(site, { name: 'Cheshire' }) })
    browser = await site.signInAs(author)
  })
  after(() => site.close())

  const post = (path: string, given: object) => browser.post(path).type('form').send(given)
  const kept = async (path: string) =>
    (await site.services.models.articles
      .findOne({ slug: path.split('/').at(-1) ?? '' })
      .asSystem('a test looks at what was kept')
      .lean<Article>()) as Article
  const procedure = {
    title: 'Releasing maps',
    kind: 'release-procedure',
    text: 'Only on Thursdays.',
    visibility: 'partnership',
    'field-system': 'Gazetteer',
    'field-step': 'Stop the feed\nLoad the file\nStart the feed',
    'field-rollBack': 'Load the file of last month',
    'field-minutes': '45',
  }

  it('begin with a template, and their fields', async () => {
    const form = formOn((await browser.get('/knowledge/new?kind=service-level-agreement').expect(200)).text)
    expect(form).to.include({ kind: 'service-level-agreement', text: kindOf('service-level-agreement').template })
    expect(Object.keys(form)).to.include.members(['field-service', 'field-target', 'field-end', 'approver'])
    const usual = formOn((await browser.get('/knowledge/new?kind=poem').expect(200)).text)
    expect(usual.kind).to.equal('how-to')
  })

  it('are changed by a button, which keeps what was typed, and an untouched template becomes the other', async () => {
    const opened = await browser.get('/knowledge/new').expect(200)
    expect(load(opened.text)('button[formaction]').attr('formaction')).to.equal('/knowledge/new')
    const before = await site.services.models.articles.countDocuments({}).asSystem('nothing may be added')
    const typed = { ...formOn(opened.text), title: 'Maps', kind: 'release-procedure', 'field-system': 'Gazetteer' }
    const again = formOn((await post('/knowledge/new', typed).expect(200)).text)
    expect(again).to.include({
      title: 'Maps',
      'field-system': 'Gazetteer',
      'field-step': '',
      text: kindOf('release-procedure').template,
    })
    const own = formOn((await post('/knowledge/new', { ...again, kind: 'architecture', text: 'My own words' }).expect(200)).text)
    expect(own).to.include({ text: 'My own words', kind: 'architecture' })
    expect(await site.services.models.articles.countDocuments({}).asSystem('nothing may be added')).to.equal(before)
  })

  it('are not published with a template that nobody touched', async () => {
    const form = formOn((await browser.get('/knowledge/new').expect(200)).text)
    const refused = await post('/knowledge', { ...form, title: 'Nothing yet', ...published }).expect(422)
    expect(problemsOn(refused.text)).to.deep.equal({ text: 'Write the text: so far it is what its kind starts with' })
    await post('/knowledge', { ...form, title: 'Nothing yet', ...asDraft }).expect(303)
  })

  it('keep what their fields say: on the page, in the form, in the history, and found', async () => {
    const path = String((await post('/knowledge', { ...procedure, ...published }).expect(303)).headers.location)
    const $ = load((await browser.get(path).expect(200)).text)
    const said = (label: string) => $(`.article-fields th:contains("${label}") + td`).text()
    expect([said('System'), said('Time it takes')]).to.deep.equal(['Gazetteer', '45 minutes'])
    expect(
      $('.article-fields li')
        .toArray()
        .map(line => $(line).text())
        .slice(0, 2),
    ).to.deep.equal(['Stop the feed', 'Load the file'])
    const form = formOn((await browser.get(`${path}/edit`).expect(200)).text, path)
    expect(form).to.include({ 'field-step': procedure['field-step'], 'field-minutes': '45' })
    const before = (await kept(path)).fields
    await post(path, { ...form, ...published }).expect(303)
    expect((await kept(path)).fields).to.deep.equal(before)
    const changed = formOn((await browser.get(`${path}/edit`).expect(200)).text, path)
    await post(path, { ...changed, 'field-minutes': '50', ...published }).expect(303)
    const [newest, older] = await site.services.models.revisions
      .find({ articleId: (await kept(path))._id })
      .sort({ revision: -1 })
      .lean()
    expect([newest, older].map(revision => revision?.fields?.find(({ name }) => name === 'minutes')?.number)).to.deep.equal([50, 45])
    await site.services.indexer.settled()
    expect(linksOn((await browser.get('/search?q=gazetteer&type=article').expect(200)).text)).to.include(path)
  })

  it('say beside the field what cannot be kept, with what was typed', async () => {
    const wrong = { kind: 'service-level-agreement', 'field-start': '2027-01-01', 'field-end': '2026-12-31', 'field-target': 'Quick: soon' }
    const refused = await post('/knowledge', { ...procedure, ...wrong, title: 'Wrong', ...asDraft }).expect(422)
    const problems = problemsOn(refused.text)
    expect(problems['field-end']).to.equal('The end must be after the start')
    expect(problems['field-target']).to.include('“Quick: soon” lacks a figure')
    expect(formOn(refused.text)).to.include({ 'field-end': '2026-12-31', 'field-target': 'Quick: soon' })
  })

  describe('beside each other', () => {
    const inDays = (days: number) => new Date(Math.floor(Date.now() / dayMs) * dayMs + days * dayMs)
    const agreement = (title: string, given: Partial<Article>) =>
      anArticle(site, author, { title, slug: title.toLowerCase().replaceAll(' ', '-'), kind: 'service-level-agreement', ...given })

    before(async () => {
      const target = (number: number) => [{ name: 'target', text: 'Availability', number, unit: '%' }]
      await agreement('Late one', { fields: [{ name: 'provider', text: 'Zeta' }, { name: 'end', date: inDays(200) }, ...target(99.5)] })
      await agreement('Soon one', {
        fields: [
          { name: 'provider', text: 'Alpha' },
          { name: 'end', date: inDays(20) },
        ],
      })
      await agreement('Ended one', {
        fields: [
          { name: 'provider', text: 'Midi' },
          { name: 'end', date: inDays(-20) },
        ],
      })
      await agreement('Endless one', { fields: [] })
      await agreement('Archived one', { state: 'archived', fields: [{ name: 'end', date: inDays(1) }] })
    })

    const listed = async (path: string) =>
      linksOn((await browser.get(path).expect(200)).text).flatMap(href => /^\/knowledge\/(\w+-one)$/.exec(href)?.[1] ?? [])

    it('are listed with what ends soon first', async () => {
      expect(await listed('/knowledge?kind=service-level-agreement')).to.deep.equal(['soon-one', 'late-one', 'endless-one', 'ended-one'])
      expect(await listed('/knowledge?kind=service-level-agreement&state=archived')).to.deep.equal(['archived-one'])
    })

    it('stand in a table in the order of a field, those without it last', async () => {
      const path = '/knowledge/kinds/service-level-agreement'
      expect(await listed(path)).to.deep.equal(['ended-one', 'endless-one', 'late-one', 'soon-one'])
      expect(await listed(`${path}?sort=provider`)).to.deep.equal(['soon-one', 'ended-one', 'late-one', 'endless-one'])
      expect(await listed(`${path}?sort=end&order=down`)).to.deep.equal(['late-one', 'soon-one', 'ended-one', 'endless-one'])
      expect(await listed(`${path}?state=archived&sort=nonsense`)).to.deep.equal(['archived-one'])
      await browser.get('/knowledge/kinds/poem').expect(404)
    })

    it('are a file for spreadsheets, with figures and days', async () => {
      const { text, headers } = await browser.get('/knowledge/kinds/service-level-agreement/table.csv?sort=end').expect(200)
      expect(headers['content-disposition']).to.include('service-level-agreement.csv')
      const lines = text.split(/\r?\n/)
      const of = (title: string) => lines.find(line => line.startsWith(`${title},`))
      expect(lines[0]).to.include(
        'Title,Organisation,Service,Provider,Customer,Hours of service,Targets,Start,End,State,Marking,Review due',
      )
      expect(of('Ended one')).to.include('Ended one,Cheshire,,Midi')
      expect(of('Late one')).to.include(`Availability: 99.5 %,,${inDays(200).toISOString().slice(0, 10)},published,OFFICIAL`)
    })
  })

  it('are imported with their fields, relative days too, and rows that are wrong say why', async () => {
    const fields = { service: 'Desk', target: ['Answered: 90 %', 'Solved: 70 %'], start: { daysAgo: 30 }, end: { daysAhead: 60 } }
    const row = { id: 'sla', title: 'An agreement', kind: 'service-level-agreement', fields, reviewed: { daysAgo: 12 } }
    expect(await importing(site, 'articles', [row])).to.include({ added: 1, refused: 0 })
    const article = await importedArticle(site, 'sla')
    expect(article?.fields?.map(({ name }) => name)).to.deep.equal(['service', 'target', 'target', 'start', 'end'])
    expect(article?.reviewDueAt?.getTime()).to.be.greaterThan(Date.now())
    expect(await importing(site, 'articles', [row])).to.include({ unchanged: 1 })
    const done = await importing(site, 'articles', [
      { id: 'w1', title: 'Unknown', kind: 'how-to', fields: { colour: 'red' } },
      { id: 'w2', title: 'Order', kind: 'service-level-agreement', fields: { start: '2026-02-01', end: '2026-01-01' } },
      { id: 'w3', title: 'No object', fields: 'much' },
      { id: 'w4', title: 'Open', marking: 'OFFICIAL-SENSITIVE' },
    ])
    const reasons = done.refusals.toSorted((a, b) => a.line - b.line).map(({ reason }) => reason)
    expect(reasons[0]).to.include('fields has "colour"; how-to has system, version, minutes')
    expect(reasons[1]).to.include('fields, end: The end must be after the start')
    expect(reasons[2]).to.include('must be an object')
    expect(reasons[3]).to.include('OFFICIAL-SENSITIVE')
  })
})
