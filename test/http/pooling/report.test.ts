import { expect } from 'chai'
import { load } from 'cheerio'
import { parse } from 'csv-parse/sync'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { HelpRequest } from '../../../server/pooling/requests/requestModel.ts'
import { aLoan, anOrganisation, aPerson, aRequest, aSkill, asReader } from '../../support/builders.ts'
import { problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const hourMs = 3_600_000

describe('the report on pooling', () => {
  const clock = { now: () => new Date('2026-05-20T12:00:00Z') }
  let site: TestSite
  let avon: Organisation
  let brent: Organisation
  let asker: Person & { email: string }
  let helper: Person & { email: string }
  let browser: Browser

  const asked = (at: string, hoursToAnswer?: number, given: Partial<HelpRequest> = {}) => {
    const askedAt = new Date(at)
    const firstAnswerAt = hoursToAnswer === undefined ? {} : { firstAnswerAt: new Date(askedAt.getTime() + hoursToAnswer * hourMs) }
    return aRequest(site, asker, { askedAt, createdAt: askedAt, ...firstAnswerAt, ...given })
  }

  before(async () => {
    site = await startTestSite({ clock })
    avon = await anOrganisation(site, { name: 'Avon', slug: 'avon' })
    brent = await anOrganisation(site, { name: '=Brent', slug: 'brent' })
    const [oracle, welsh] = [await aSkill(site, { name: 'Oracle' }), await aSkill(site, { name: 'Welsh', group: 'Languages' })]
    asker = await aPerson(site, { organisation: avon })
    helper = await aPerson(site, { organisation: brent, skills: [{ skillId: oracle._id, level: 'expert', willing: [] }] })
    const names = (...skills: { _id: string }[]) => ({ skills: skills.map(({ _id }) => ({ skillId: _id })) })
    const outcome = { isSolved: true, hours: 2.5, saved: 'Two days of a consultant', at: new Date('2026-03-05T10:00:00Z') }
    const first = await asked('2026-03-01T10:00:00Z', 1, {
      ...names(oracle),
      state: 'done',
      outcome,
      slug: 'first',
      title: 'Move <Oracle>',
    })
    await asked('2026-03-31T23:30:00Z', 3, names(oracle))
    const agreed = { step: 'accept' as const, from: 'asked' as const, to: 'matched' as const, byId: helper._id }
    const at = new Date('2026-05-02T20:00:00Z')
    await asked('2026-05-02T10:00:00Z', undefined, { changes: [{ ...agreed, at }], state: 'matched', helperId: helper._id })
    await asked('2026-05-03T10:00:00Z', undefined, names(welsh))
    await asked('2026-05-03T11:00:00Z', undefined, { ...names(welsh), state: 'expired' })
    await asked('2026-05-03T12:00:00Z', undefined, { ...names(oracle), state: 'withdrawn' })
    await asked('2025-01-01T10:00:00Z', undefined, names(welsh))
    const said = (byId: string, day: string) =>
      site.services.comments.restore({ type: 'request', id: first._id }, { _id: `${byId}-${day}`, byId, text: 'So.', at: new Date(day) })
    await said(helper._id, '2026-03-01T11:00:00Z')
    await said(helper._id, '2026-04-01T11:00:00Z')
    await said(asker._id, '2026-03-01T12:00:00Z')
    const gone = await aPerson(site, { organisation: brent })
    await said(gone._id, '2026-04-02T11:00:00Z')
    await site.services.people.suspend(gone)
    const loan = await aLoan(site, helper, asker, { state: 'ended', amount: 10, unit: 'hours' })
    const administrator = await aPerson(site, { organisation: await anOrganisation(site), roles: ['member', 'partnership administrator'] })
    await site.services.ledger.correct(asReader(administrator), loan, { hours: 9.5, reason: 'Half an hour less.' })
    browser = await site.signInAs(asker)
  })
  after(() => site.close())

  const page = async (query = '') => load((await browser.get(`/reports/pooling${query}`).expect(200)).text)
  const tallies = async (query = '') =>
    Object.fromEntries(
      (await page(query))('.tally li')
        .toArray()
        .map(row => [load(row)('span').first().text(), load(row)('span').last().text()]),
    )
  /** Of a table, each row by its first cell. */
  async function rows(caption: string, query = ''): Promise<Record<string, string[]>> {
    const $ = await page(query)
    const table = $('table').filter((_, found) => $(found).find('caption').text() === caption)
    return Object.fromEntries(
      table
        .find('tbody tr')
        .toArray()
        .map(row => [
          $(row).find('th').text(),
          $(row)
            .find('td')
            .toArray()
            .map(cell => $(cell).text()),
        ]),
    )
  }
  const table = async (name: string, query = ''): Promise<Record<string, string>[]> =>
    parse((await browser.get(`/reports/pooling/${name}.csv${query}`).expect(200)).text, { bom: true, columns: true })

  it('counts what was asked, answered, lent and saved in the last twelve months', async () => {
    expect(await tallies()).to.deep.equal({
      Requests: '6',
      Answered: '3 of 6',
      'Waiting for an answer': '1',
      'Time to the first answer, median': '3 hours',
      'Nine of ten answered within': '9 hours',
      'Answers and other help': '4',
      'Hours lent': '9.5',
      'Solved, of those whose askers say': '1 of 1',
      'Hours of help, as askers say': '2.5',
    })
  })

  it('counts by month in the zone of the partnership, and by organisation', async () => {
    const months = await rows('Pooling by month')
    expect(Object.keys(months)).to.have.length(12)
    expect(months['March 2026']).to.deep.equal(['1', '1', '1', '60 minutes', '60 minutes', '0'])
    expect(months['April 2026']).to.deep.equal(['1', '1', '2', '3 hours', '3 hours', '0'])
    expect(months['May 2026']).to.deep.equal(['4', '1', '1', '10 hours', '10 hours', '9.5'])
    expect(await rows('Pooling by organisation')).to.deep.equal({
      Avon: ['6', '3', '0', '3 hours', '9 hours', '0', '9.5'],
      '=Brent': ['0', '0', '3', '', '', '9.5', '0'],
      'Left, or not shown to you': ['0', '0', '1', '', '', '0', '0'],
    })
  })

  it('shows skills asked for beside who has them, what stays without an answer first', async () => {
    const skills = await rows('Skills asked for and held')
    expect(Object.entries(skills)).to.deep.equal([
      ['Welsh', ['2', '2', '0', '', 'nobody in the partnership']],
      ['Oracle', ['3', '0', '1', 'expert', 'one person only']],
    ])
    expect(await rows('Outcomes of requests')).to.deep.equal({ 'Move <Oracle>': ['Avon', 'yes', '2.5', 'Two days of a consultant'] })
  })

  it('is narrowed to months and to an organisation', async () => {
    expect(await tallies('?from=2026-03&until=2026-03')).to.include({ Requests: '1', 'Hours lent': '0', 'Answers and other help': '1' })
    expect(Object.keys(await rows('Pooling by month', '?from=2026-03&until=2026-04'))).to.deep.equal(['March 2026', 'April 2026'])
    expect(await tallies('?organisation=brent')).to.include({ Requests: '0', 'Hours lent': '9.5', 'Answers and other help': '3' })
    expect(await tallies('?organisation=avon')).to.include({ Requests: '6', 'Hours lent': '0', 'Answers and other help': '0' })
    const $ = await page('?from=2024-01&until=2024-03')
    expect($('main').text()).to.include('Nothing in these months')
    expect($('table')).to.have.length(0)
  })

  it('says beside the field what cannot be asked, and keeps what was typed', async () => {
    const refused = async (query: string) => {
      const { text } = await browser.get(`/reports/pooling?${query}`).expect(422)
      await browser.get(`/reports/pooling/skills.csv?${query}`).expect(422)
      expect(load(text)('input[name=from]').val()).to.equal(new URLSearchParams(query).get('from') ?? '')
      return problemsOn(text)
    }
    expect(await refused('from=May&until=2026-13')).to.deep.equal({
      from: 'Enter the month as 2026-05',
      until: 'Enter the month as 2026-05',
    })
    expect(await refused('from=2026-05&until=2026-04')).to.deep.equal({ until: 'The last month must not be before the first' })
    expect(await refused('from=2026-06&until=2026-07')).to.deep.equal({ from: 'The first month is still to come' })
    expect(await refused('from=2020-01&until=2026-04')).to.deep.equal({ until: 'Choose 36 months or fewer' })
    expect(await refused('organisation=nowhere')).to.deep.equal({ organisation: 'Choose an organisation from the list' })
    await browser.get('/reports/pooling?from=a&from=b').expect(422)
  })

  it('is downloaded as CSV that spreadsheets read, and take for no formula', async () => {
    const places = await table('organisations')
    expect(places.map(({ Month, Organisation, Requests }) => [Month, Organisation, Requests])).to.deep.include.members([
      ['2026-03', 'Avon', '1'],
      ['2026-05', "'=Brent", '0'],
    ])
    const hours = (column: string) => places.reduce((sum, row) => sum + Number(row[column]), 0)
    expect([hours('Hours lent'), hours('Hours borrowed')]).to.deep.equal([9.5, 9.5])
    expect((await table('skills')).map(({ Skill, Cover }) => [Skill, Cover])).to.deep.equal([
      ['Welsh', 'nobody in the partnership'],
      ['Oracle', 'one person only'],
    ])
    const [outcome] = await table('outcomes')
    expect(outcome).to.include({ Request: 'Move <Oracle>', Asked: '2026-03-01', Solved: 'yes', Hours: '2.5' })
    expect(outcome?.Address).to.match(/^http.*\/requests\/first$/)
  })

  it('is linked from requests, the ledger and the coverage map', async () => {
    for (const path of ['/requests', '/loans/ledger', '/skills/coverage'])
      expect((await browser.get(path).expect(200)).text, path).to.include('href="/reports/pooling"')
  })
})
