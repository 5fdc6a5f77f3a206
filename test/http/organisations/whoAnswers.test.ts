import { expect } from 'chai'
import { load } from 'cheerio'
import type { Contact, Step } from '../../../server/organisations/contacts/contact.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Absence } from '../../../server/people/absence.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anOrganisation, aPerson, aTeam } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

/** Noon of a day that nobody's absence begins or ends by chance. */
const clock = { now: () => new Date('2026-04-20T12:00:00Z') }
const cases = 200

/** How somebody of the cases is: what the oracle knows of them, and no more. */
interface Made {
  key: string
  when: 'never' | 'past' | 'now' | 'firstDay' | 'lastDay' | 'future'
  gone?: 'left' | 'suspended' | 'missing'
  covers?: string
}

const made: readonly Made[] = [
  { key: 'Present', when: 'never' },
  { key: 'Steady', when: 'never' },
  { key: 'Returned', when: 'past' },
  { key: 'Leaving', when: 'future', covers: 'Present' },
  { key: 'Alone', when: 'now' },
  { key: 'Covered', when: 'now', covers: 'Steady' },
  { key: 'Beginning', when: 'firstDay', covers: 'Alone' },
  { key: 'Ending', when: 'lastDay', covers: 'Gone' },
  { key: 'Circling', when: 'now', covers: 'Covered' },
  { key: 'Gone', when: 'never', gone: 'left' },
  { key: 'Stopped', when: 'never', gone: 'suspended' },
  { key: 'Lost', when: 'never', gone: 'missing' },
]

const days: Record<Made['when'], Pick<Absence, 'from' | 'until'> | undefined> = {
  never: undefined,
  past: { from: '2026-04-01', until: '2026-04-19' },
  now: { from: '2026-04-10', until: '2026-05-03' },
  firstDay: { from: '2026-04-20', until: '2026-05-03' },
  lastDay: { from: '2026-04-10', until: '2026-04-20' },
  future: { from: '2026-04-21', until: '2026-05-03' },
}

type MadeStep = { contact: string; cover?: string }

/** The same numbers each time, from the number of the case alone. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1
  return below => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
}

function madeOrder(number: number): MadeStep[] {
  const next = numbers(number)
  const keys = [...made.map(({ key }) => key), 'Desk']
  // Mostly somebody who may not answer, so that most cases go further than the first contact.
  const somebody = () => (next(5) < 2 ? keys[next(keys.length)] : keys[4 + next(8)]) as string
  return Array.from({ length: next(10) === 0 ? 0 : 1 + next(3) }, () => ({
    contact: somebody(),
    ...(next(3) > 0 ? { cover: somebody() } : {}),
  }))
}

/** Says in its own way who should answer: everybody in the order they would be asked, then the first who is there. */
function oracle(order: readonly MadeStep[]): string | undefined {
  const away = (key: string) => ['now', 'firstDay', 'lastDay'].includes(made.find(one => one.key === key)?.when ?? 'never')
  const here = (key: string) => !away(key) && made.find(one => one.key === key)?.gone === undefined
  const asked = order.flatMap(({ contact, cover }) => [
    contact,
    ...(away(contact) ? [made.find(({ key }) => key === contact)?.covers] : []),
    cover,
  ])
  return asked.find((key): key is string => key !== undefined && here(key))
}

describe('who answers now', () => {
  let site: TestSite
  let organisation: Organisation
  let browser: Browser
  const ids = new Map<string, string>()

  before(async () => {
    site = await startTestSite({ clock })
    organisation = await anOrganisation(site, { name: 'Cases Council' })
    for (const { key, gone } of made) {
      if (gone === 'missing') ids.set(key, 'there-is-none')
      else
        ids.set(
          key,
          (await aPerson(site, { name: `${key} Person`, organisation, ...(gone === 'left' ? { status: 'left', readers: [] } : {}) }))._id,
        )
    }
    for (const { key, gone, when, covers } of made) await become(key, gone, when, covers)
    const contact = (key: string): Contact =>
      key === 'Desk' ? { name: 'Desk', email: 'desk@cases.example' } : { personId: ids.get(key) ?? '' }
    const step = ({ contact: called, cover }: MadeStep): Step => ({
      contact: contact(called),
      ...(cover === undefined ? {} : { cover: contact(cover) }),
    })
    for (let number = 0; number < cases; number++)
      await aTeam(site, organisation, { name: `Case ${number}`, callOrder: madeOrder(number).map(step) })
    browser = await site.signInAs(await aPerson(site, { name: 'Reading Member', organisation }))
  })
  after(() => site.close())

  async function become(key: string, gone: Made['gone'], when: Made['when'], covers?: string) {
    const { models, people } = site.services
    const person = await models.people
      .findOne({ _id: ids.get(key) ?? '' })
      .asSystem('a test makes its cases')
      .lean<Person>()
    if (person === null) return
    const coverId = covers === undefined ? undefined : ids.get(covers)
    const absence = days[when] && { ...days[when], ...(coverId === undefined ? {} : { coverId }) }
    if (absence !== undefined) {
      const own = { id: person._id, name: '', slug: '', organisationId: organisation._id, teamIds: [], roles: [], tokens: ['partnership'] }
      await people.change(own, person.slug, { absence })
    }
    if (gone === 'suspended') await people.suspend(person)
  }

  async function answersShown(): Promise<Map<string, string | undefined>> {
    const $ = load((await browser.get('/organisations/contacts').expect(200)).text)
    return new Map(
      $('.call-team')
        .toArray()
        .map(team => {
          const now = $(team).find('.call-line--now .call-line__who')
          const name = now.text().replace('answers now', '').replace(' Person', '').trim()
          return [$(team).find('h3').text(), now.length > 0 ? name : undefined]
        }),
    )
  }

  const wrong = (shown: ReadonlyMap<string, string | undefined>, expected: (number: number) => string | undefined) =>
    Array.from({ length: cases }, (_, number) => number).filter(number => shown.get(`Case ${number}`) !== expected(number))

  it(`is right in ${cases} made cases, of absence, cover, leavers, suspension, missing people and steps`, async () => {
    const shown = await answersShown()
    expect(shown.size).to.equal(cases)
    expect(wrong(shown, number => oracle(madeOrder(number)))).to.deep.equal([])
  })

  it('is tried on cases of every sort', () => {
    const orders = Array.from({ length: cases }, (_, number) => madeOrder(number))
    const named = new Set(orders.flat().flatMap(({ contact, cover }) => [contact, cover]))
    for (const { key } of made) expect(named.has(key), key).to.equal(true)
    const answers = orders.map(oracle)
    expect(new Set(answers).size).to.be.greaterThan(5)
    expect(answers.filter(answer => answer === undefined).length).to.be.within(20, 120)
    expect(orders.filter((order, at) => order.length > 1 && answers[at] !== order[0]?.contact).length).to.be.greaterThan(60)
  })

  it('would be found wrong where absence, covers or steps counted for nothing', async () => {
    const shown = await answersShown()
    const first = (number: number) => madeOrder(number)[0]?.contact
    const withoutCover = (number: number) => oracle(madeOrder(number).map(({ contact }) => ({ contact })))
    const withoutSteps = (number: number) => oracle(madeOrder(number).slice(0, 1))
    for (const careless of [first, withoutCover, withoutSteps]) expect(wrong(shown, careless).length).to.be.greaterThan(20)
  })

  it('says the same in the answer to a question', async () => {
    for (const number of [3, 17, 42, 99, 150]) {
      const { text } = await browser
        .get('/search')
        .query({ q: `who do I call about case ${number}` })
        .expect(200)
      const $ = load(text)
      const row = $('.who-to-call .row').first()
      expect(row.find('.row__title').text()).to.equal(`Case ${number}`)
      const answer = oracle(madeOrder(number))
      if (answer === undefined) expect(row.text()).to.match(/Nobody/)
      else expect(row.find('.call-line--now').text()).to.include(answer)
    }
  })
})
