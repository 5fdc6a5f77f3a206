import { expect } from 'chai'
import { load } from 'cheerio'
import { anArticle, aPerson, aSkill } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('synonyms', () => {
  const clock = new MovableClock()
  let site: TestSite
  let browser: Browser
  let member: Browser

  before(async () => {
    site = await startTestSite({ clock })
    browser = await site.signInAs(await aPerson(site, { name: 'Priya Nair', roles: ['member', 'partnership administrator'] }))
    const skill = await aSkill(site, { name: 'Storage area networks' })
    const author = await aPerson(site, { name: 'Stan Store', skills: [{ skillId: skill._id, level: 'expert', willing: [] }] })
    await anArticle(site, author, { title: 'SLA of the service desk', slug: 'sla', text: 'What it promises.' })
    await anArticle(site, author, { title: 'Drafting service level agreements', slug: 'drafting', text: 'Step by step.' })
    await anArticle(site, author, { title: 'The county level', slug: 'county', text: 'Not about them.' })
    await site.services.indexer.settled()
    member = await site.signInAs(author)
  })
  beforeEach(async () => {
    await site.services.models.synonymGroups.deleteMany({})
    clock.move(3_000)
  })
  after(() => site.close())

  const add = (wordings: string, from = browser) => from.post('/admin/synonyms').type('form').send({ wordings })
  const asked = async (q: string, from = member) => new SearchResults((await from.get('/search').query({ q }).expect(200)).text)
  const articles = async (q: string) => (await asked(q)).titles('article').toSorted()
  const kept = async () => (await site.services.synonyms.list()).map(({ wordings }) => wordings.join(', '))
  const both = ['Drafting service level agreements', 'SLA of the service desk']

  it('find each other, in either direction, once an administrator has said so', async () => {
    expect(await articles('sla'), 'twin: before').to.deep.equal(['SLA of the service desk'])
    await add('SLA\nservice level agreement').expect(303)
    expect(await articles('sla')).to.deep.equal(both)
    expect(await articles('SLAs')).to.deep.equal(both)
    expect((await asked('sla')).titles('article')[0]).to.equal('SLA of the service desk')
    const long = (await asked('service level agreements')).titles('article')
    expect(long[0]).to.equal('Drafting service level agreements')
    expect(long).to.include('SLA of the service desk')
  })

  it('are marked, named, and left out on request', async () => {
    await add('SLA\nservice level agreement').expect(303)
    const found = await asked('sla')
    expect(found.$('#results mark').text()).to.include('service level agreements')
    expect(found.text('main')).to.include('Also searched for service level agreement, which means the same as SLA. Only SLA')
    const { text } = await member.get(found.href('Only SLA')).expect(200)
    expect(new SearchResults(text).titles('article')).to.deep.equal(['SLA of the service desk'])
  })

  it('leave phrases and excluded words as they were typed', async () => {
    await add('SLA\nservice level agreement').expect(303)
    expect(await articles('"service level agreements"')).to.deep.equal(['Drafting service level agreements'])
    expect(await articles('service -sla')).to.deep.equal(['Drafting service level agreements'])
    expect(await articles('sla -"service level agreement"')).to.deep.equal(['SLA of the service desk'])
  })

  it('find who has the skill of another name', async () => {
    expect((await asked('san')).titles('person'), 'twin: before').to.deep.equal([])
    await add('SAN\nStorage area networks').expect(303)
    expect((await asked('san')).titles('person')).to.deep.equal(['Stan Store'])
  })

  it('of another process are known here within seconds', async () => {
    expect(await articles('sla')).to.have.length(1)
    const spellings = ['sla', 'service level agreement']
    await site.services.models.synonymGroups.create({ _id: 'x', wordings: spellings, spellings, revision: 1, changedAt: clock.now() })
    expect(await articles('sla'), 'twin: at once').to.have.length(1)
    clock.move(2_500)
    expect(await articles('sla')).to.have.length(2)
  })

  it('are searched by titles while the engine is away', async () => {
    await add('SLA\nservice level agreement').expect(303)
    site.engine.switchOff()
    try {
      expect(await articles('sla')).to.include.members(both)
    } finally {
      site.engine.switchOn()
      clock.move(60_000)
    }
  })

  it('are refused beside the field, with what was typed', async () => {
    await add('SLA\nservice level agreement').expect(303)
    for (const [wordings, problem] of [
      ['', 'Enter the words that mean the same, each on a line of its own'],
      [' OLA \n\n', 'Enter at least one more word beside “OLA”'],
      ['a1\nA1 ', 'Enter at least one more word beside “a1”'],
      [Array.from({ length: 11 }, (_, n) => `word ${n}x`).join('\n'), 'Use 10 words or fewer: these are 11'],
      ['OLA\n***', '“***” has no letter or digit'],
      ['IT\ninformation technology', '“IT” is a word that many questions hold'],
      ['OLA\none two three four five six seven', 'has more than 6 words'],
      [`OLA\n${'x'.repeat(90)}`, 'has more than 80 characters'],
      ['OLA\nservice-level agreements', '“service-level agreements” is in another group already: SLA, service level agreement'],
    ] as const) {
      const { text } = await add(wordings).expect(422)
      expect(problemsOn(text).wordings, wordings).to.include(problem)
      expect(String(formOn(text, '/admin/synonyms').wordings).trim(), wordings).to.equal(wordings.trim())
    }
    expect(await kept()).to.deep.equal(['SLA, service level agreement'])
  })

  it('are changed and removed; of two who change the same group, the second is told', async () => {
    await add('SLA\nservice level agreement').expect(303)
    const page = load((await browser.get('/admin/synonyms').expect(200)).text)
    expect(page('tbody').text()).to.include('SLA, service level agreement').and.include('Priya Nair')
    const href = page('tbody a').attr('href') ?? ''
    const action = href.replace('/edit', '')
    const opened = formOn((await browser.get(href).expect(200)).text, action)
    const save = (wordings: string) =>
      browser
        .post(action)
        .type('form')
        .send({ ...opened, wordings })
    await save('SLA\nservice level agreement\nservice contract').expect(303)
    const { text } = await save('SLA\nservice promise').expect(409)
    expect(text).to.include('Saved meanwhile: SLA, service level agreement, service contract').and.include('service promise')
    await browser.post(action).type('form').send(formOn(text, action)).expect(303)
    expect(await kept()).to.deep.equal(['SLA, service promise'])
    await browser.post(`${action}/delete`).expect(303)
    expect(await kept()).to.deep.equal([])
    expect(await articles('sla')).to.have.length(1)
  })

  it('are for administrators of the partnership alone', async () => {
    await member.get('/admin/synonyms').expect(403)
    await add('SLA\nservice level agreement', member).expect(403)
    expect(await kept()).to.deep.equal([])
    expect((await browser.get('/admin').expect(200)).text).to.include('href="/admin/synonyms"')
  })

  it('answer a question with many of them, and one of five hundred words', async () => {
    for (let group = 0; group < 30; group += 1)
      await add(`ab${group}c\n${Array.from({ length: 9 }, (_, n) => `other ${group}x${n}`).join('\n')}`)
    const all = Array.from({ length: 30 }, (_, group) => `ab${group}c`)
    await asked(all.slice(0, 12).join(' '))
    await asked(Array.from({ length: 17 }, () => all.join(' ')).join(' '))
  })
})
