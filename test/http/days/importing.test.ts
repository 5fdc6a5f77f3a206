import { expect } from 'chai'
import { load } from 'cheerio'
import type { Day } from '../../../server/days/dayModel.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { importing } from '../../support/importing.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('days from a file', () => {
  let site: TestSite
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    const avon = await anOrganisation(site, { name: 'Avon' })
    await anOrganisation(site, { name: 'Severn' })
    const ann = await aPerson(site, { name: 'Ann Lark', slug: 'ann-lark', organisation: avon })
    browser = await site.signInAs(ann)
  })
  after(() => site.close())

  const first = {
    ...{ id: 'first', title: 'The first day', date: '2009-11-26', start: '10:00', end: '15:30', organisation: 'Avon', hosts: ['Ann Lark'] },
    attendance: { Avon: 3, Severn: 2 },
    priorities: [
      { text: 'Share networks', votes: { Avon: 4, Severn: 5 } },
      { text: 'Buy together', votes: { Avon: 5 } },
    ],
    decisions: [{ text: 'One network', why: 'Two are dear.', agreed: ['Avon', 'Severn'] }],
    actions: [
      { text: 'Draw the network', owner: 'ann-lark', serves: 'Share networks', state: 'done', said: 'The drawing.' },
      { text: 'Ask the others', owner: 'ann-lark', due: '2010-01-31', state: 'under way' },
    ],
    minutes: { text: '## Agreed\n\nOne network.', by: 'ann-lark', date: '2009-12-03' },
  }
  const next = { ...first, id: 'next', title: 'The next day', date: { daysAhead: 9 }, previous: 'first', registered: ['Ann Lark'] }
  const { attendance: _attendance, priorities: _priorities, decisions: _decisions, actions: _actions, minutes: _minutes, ...planned } = next
  const shown = async (path: string) =>
    load((await browser.get(path).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')

  it('come with who came, what they agreed and what became of it; again, nothing is there twice', async () => {
    for (const outcome of ['added', 'unchanged'] as const) {
      const { refusals, ...tally } = await importing(site, 'days', [first, planned])
      expect(refusals).to.deep.equal([])
      expect(tally[outcome]).to.equal(2)
    }
    const days = await site.services.models.days.find({}).asSystem('a test looks').sort({ startsAt: 1 }).lean<Day[]>()
    expect(days.map(({ title }) => title)).to.deep.equal(['The first day', 'The next day'])
    const page = await shown(`/days/${days[0]?.slug}`)
    expect(page).to.include('26 November 2009').and.include('5 people came, from 2 organisations')
    expect(page).to.include('Share networks').and.include('One network').and.include('Draw the network')
    const minutes = `/days/${days[0]?.slug}/minutes`
    expect(await shown(minutes))
      .to.include('Version 1, approved by Ann Lark on 3 December 2009')
      .and.include('One network.')
    expect(await shown(`${minutes}/history`))
      .to.include('Saved on 3 December 2009')
      .and.include('by an import')
    const later = await shown(`/days/${days[1]?.slug}`)
    expect(later).to.include('Carried over from 26 November 2009').and.include('Ask the others').and.not.include('Draw the network')
    expect(await shown('/programme'))
      .to.include('Share networks')
      .and.include('The drawing.')
    expect(await shown('/programme/actions?state=done')).to.include('Draw the network')
  })

  it('are refused whole when they name nobody, no priority, no day before, or a time that is none', async () => {
    const wrong = [
      { ...first, id: 'a', hosts: ['Nobody Here'] },
      { ...first, id: 'b', actions: [{ text: 'x', owner: 'ann-lark', serves: 'Nothing' }] },
      { ...planned, id: 'c', previous: 'gone' },
      { ...planned, id: 'd', date: '2026-03-29', start: '01:30', end: '04:00' },
      { ...planned, id: 'e', end: '09:00' },
      { ...first, id: 'f', minutes: { ...first.minutes, date: 'soon' } },
    ]
    const { refusals } = await importing(site, 'days', wrong)
    expect(refusals.map(({ reason }) => reason)).to.deep.equal([
      'there is nobody "Nobody Here" here',
      'there is no priority "Nothing"',
      'there is no day "gone" before it',
      '01:30 does not come on 29 March 2026: the clocks go forward from 01:00 to 02:00',
      'The end must be after the beginning',
      'the date of the minutes cannot be read',
    ])
    expect(await site.services.models.days.countDocuments({}).asSystem('a test looks')).to.equal(2)
  })
})
