import { expect } from 'chai'
import { load } from 'cheerio'
import { madeUpNumbers } from '../../../scripts/benchmark/madeUpText.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { confirmationsOf, recencyOf } from '../../../server/search/skillRanking.ts'
import { levels, willingness } from '../../../server/skills/levels.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

/** SKILL_PROFILES=500 SKILL_SETS=200 is the full measure, some minutes; every run takes a small one. */
const profiles = Number(process.env.SKILL_PROFILES ?? 24)
const sets = Number(process.env.SKILL_SETS ?? 6)
const names = [
  'VMware',
  'Procurement',
  'Welsh',
  'Oracle databases',
  'Backup',
  'Storage',
  'Networking',
  'Telephony',
  'Cyber essentials',
  'Data protection',
]

const number = madeUpNumbers(500)
const below = (limit: number) => Math.floor(number() * limit)
const someOf = <T>(all: readonly T[], count: number): T[] =>
  all
    .map(value => [below(1_000_000), value] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, value]) => value)

describe('people by several skills', () => {
  const clock = new MovableClock()
  let site: TestSite
  let browser: Browser
  let skills: Skill[]
  let people: Person[]
  /** How many confirm a skill of somebody, as everybody may see it. */
  const confirming = new Map<string, number>()
  const year = clock.now().getUTCFullYear()

  before(async function () {
    this.timeout(20_000 + profiles * 200)
    site = await startTestSite({ clock })
    const organisation = await anOrganisation(site)
    skills = await Promise.all(names.map(name => aSkill(site, { name })))
    const write = new IndexedWrite<Person>(site.services.models.people, 'name', site.services.clock)
    people = []
    for (let number = 0; number < profiles; number++) people.push(await write.create(madeProfile(number, organisation._id, skills)))
    const reader = await aPerson(site, { organisation, name: 'Rita Reader' })
    for (const [number, person] of people.slice(0, Math.ceil(profiles / 4)).entries()) {
      const about = { skillIds: someOf(skills, 2).map(({ _id }) => _id), text: `Notes on ${someOf(names, 3).join(', ')}.` }
      await anArticle(site, person, { ...about, title: `Notes ${number}` })
      if (number % 2 === 0)
        await anArticle(site, person, { ...about, title: `Hidden notes ${number}`, state: 'draft', readers: [`person:${person._id}`] })
    }
    await confirmSome(await Promise.all(['Col', 'Cas', 'Cem', 'Cyd'].map(name => aPerson(site, { organisation, name: `${name} League` }))))
    await site.services.indexer.settled()
    browser = await site.signInAs(reader)
  })
  after(() => site.close())

  it('come in the order of how many they have, then level, recency, willingness and confirmations; every reason is true where its link leads', async function () {
    this.timeout(20_000 + sets * profiles * 200)
    const opened = new Map<string, Promise<string>>()
    const open = (href: string) => {
      const text = opened.get(href) ?? page(href.replace(/#.*/, ''))
      opened.set(href, text)
      return text
    }
    let reasons = 0
    for (let number = 0; number < sets; number++) {
      const asked = someOf(skills, 1 + below(Math.min(5, skills.length)))
      const found = await everybody(
        number % 2 === 0 ? asked.map(({ name }) => name).join(' and ') : asked.map(({ slug }) => `skill:${slug}`).join(' '),
      )
      const ranks = found.map(({ slug }) => rankOf(people.find(person => person.slug === slug) as Person, asked))
      const holders = people.filter(person => rankOf(person, asked)[0] > 0)
      expect(ranks.filter(([count]) => count > 0)).to.have.length(holders.length)
      for (const [at, rank] of ranks.slice(1).entries())
        expect(isBefore(rank, ranks[at] ?? []), `${asked.map(({ name }) => name)}: ${ranks[at]} before ${rank}`).to.equal(false)
      for (const { slug, declared, confirmed, shown } of found) {
        const person = people.find(person => person.slug === slug) as Person
        const [count] = rankOf(person, asked)
        if (count > 0) {
          expect(declared?.text, slug).to.match(asked.length > 1 ? new RegExp(`^Declared: ${count} of ${asked.length}: `) : /^Declared: /)
          expectTrue(declared?.text ?? '', profileSkills(await open(declared?.href ?? '')), asked)
        } else expect(declared).to.equal(undefined)
        const held = asked.filter(({ _id }) => (confirming.get(`${person._id} ${_id}`) ?? 0) > 0)
        expect(confirmed, slug).to.have.length(Math.min(3, held.length))
        for (const { text, href } of confirmed) {
          const [, name, others] = /confirmed by (\w+ \w+)(?: and (\d+) others?)?$/.exec(text) ?? []
          const all = load(await open(href))('.rows--plain .row__title a')
          expect(all.first().text(), href).to.equal(name)
          expect(all).to.have.length(1 + Number(others ?? 0))
        }
        for (const { text, href } of shown) {
          const page = new SearchResults(await open(href))
          expect(Number(/wrote ([\d,]+)/.exec(text)?.[1]), href).to.equal(page.titles('article').length)
          expect(page.titles('article').join(), href).to.match(/^Notes/)
          expect(page.titles('article').join(), href).to.not.include('Hidden')
        }
        reasons += shown.length + confirmed.length + (count > 0 ? 1 : 0)
      }
    }
    expect(reasons).to.be.above(sets * 2)
  })

  it('would be noticed by this test in any other order', () => {
    const [first, second] = [
      [2, 3, 1, 0],
      [2, 3, 0, 2],
    ]
    expect([isBefore(first ?? [], second ?? []), isBefore(second ?? [], first ?? []), isBefore(first ?? [], first ?? [])]).to.deep.equal([
      true,
      false,
      false,
    ])
    const profile = new Map([['VMware', 'expert']])
    const vmware = [{ name: 'VMware' }, { name: 'Welsh' }]
    expectTrue('Declared: 1 of 2: VMware, expert; not: Welsh', profile, vmware)
    for (const untrue of [
      'Declared: 1 of 2: VMware, working; not: Welsh',
      'Declared: 2 of 2: VMware, expert; Welsh, working',
      'Declared: 1 of 2: Welsh, expert; not: VMware',
    ])
      expect(() => expectTrue(untrue, profile, vmware), untrue).to.throw()
  })

  it('are explained by a page that the results lead to', async () => {
    const page = new SearchResults((await browser.get('/search?q=vmware+procurement').expect(200)).text)
    const { text } = await browser.get(page.href('Why this order')).expect(200)
    for (const rule of [
      'How many of the skills',
      'Their levels',
      'How recently',
      'would advise, mentor or be lent',
      'How many colleagues confirm',
    ])
      expect(text).to.include(rule)
  })

  /** A page as it is when the engine has answered in time: a machine that does much else may be late. */
  async function page(href: string): Promise<string> {
    for (let tries = 1; ; tries++) {
      const { text } = await browser.get(href).expect(200)
      if (new SearchResults(text).text('.search-notice') === '') return text
      expect(tries, href).to.be.below(10)
      clock.move(16_000)
    }
  }

  /** All people that a question finds, page by page. */
  async function everybody(q: string) {
    type Said = { text: string; href: string }
    const found: { slug: string; declared?: Said; confirmed: Said[]; shown: Said[] }[] = []
    for (let href: string | undefined = `/search?q=${encodeURIComponent(q)}&type=person`; href !== undefined; ) {
      const $ = load(await page(href))
      for (const row of $('.row--person').get()) {
        const reasons = $(row)
          .find('.reason')
          .get()
          .map(reason => ({ text: $(reason).text().replace(/\s+/g, ' ').trim(), href: $(reason).find('a').attr('href') ?? '' }))
        const declared = reasons.find(({ text }) => text.startsWith('Declared'))
        const slug = $(row).find('.row__title a').attr('href')?.replace('/people/', '') ?? ''
        const [confirmed, shown] = ['Confirmed', 'Shown'].map(kind => reasons.filter(({ text }) => text.startsWith(kind)))
        found.push({ slug, ...(declared ? { declared } : {}), confirmed: confirmed ?? [], shown: shown ?? [] })
      }
      href = $('.govuk-pagination__next a').attr('href')
    }
    expect(new Set(found.map(({ slug }) => slug)).size, 'each once').to.equal(found.length)
    return found
  }

  /** Some confirmations of every sort; those that are hidden, contested or withdrawn, or whose giver left, count for nothing. */
  async function confirmSome(colleagues: readonly Person[]): Promise<void> {
    const { models, clock, leavers } = site.services
    const left = colleagues.at(-1) as Person
    for (const { _id: personId, skills: held } of people)
      for (const { skillId, level } of held)
        for (const { _id: byId } of someOf(colleagues, below(5))) {
          const standing = someOf(
            [{}, {}, {}, { answer: 'hidden' as const }, { answer: 'contested' as const, words: 'No.' }, { withdrawn: true as const }],
            1,
          )
          const about = { personId, skillId, byId, level, confirmedAt: new Date(clock.now().getTime() - below(1_000_000)), ...standing[0] }
          await models.confirmations.insertMany([{ _id: `${personId}:${skillId}:${byId}`, ...about }], { lean: true })
          const counts = Object.keys(standing[0] ?? {}).length === 0 && byId !== left._id
          const on = `${personId} ${skillId}`
          if (counts) confirming.set(on, (confirming.get(on) ?? 0) + 1)
        }
    await leavers.leave(left)
  }

  function rankOf({ _id: personId, skills }: Person, asked: readonly Skill[]): [number, ...number[]] {
    const held = skills.filter(({ skillId }) => asked.some(({ _id }) => _id === skillId))
    const sum = (points: number[]) => points.reduce((all, one) => all + one, 0)
    return [
      held.length,
      sum(held.map(({ level }) => levels.indexOf(level))),
      sum(held.map(({ lastUsed }) => (lastUsed === undefined ? 0 : recencyOf(lastUsed.getUTCFullYear(), year)))),
      held.filter(({ willing }) => willing.length > 0).length,
      sum(held.map(({ skillId }) => confirmationsOf(confirming.get(`${personId} ${skillId}`) ?? 0))),
    ]
  }

  function madeProfile(number: number, organisationId: string, all: readonly Skill[]) {
    const name = `Person ${String.fromCharCode(65 + (number % 26))}${number}`
    const declared = someOf(all, below(6)).map(({ _id }) => ({
      skillId: _id,
      level: levels[below(4)] ?? 'working',
      ...(below(3) === 0 ? {} : { lastUsed: new Date(Date.UTC(year - below(9), below(12), 1)) }),
      willing: someOf(willingness, below(4)),
    }))
    const _id = newId()
    return {
      _id,
      slug: `person-${number}`,
      name,
      nameWords: [name.toLowerCase()],
      organisationId,
      teamIds: [],
      role: 'Engineer',
      roles: ['member' as const],
      about: below(2) === 0 ? `Knows about ${someOf(names, 2).join(' and ')}` : '',
      skills: declared,
      status: 'active' as const,
      readers: ['partnership'],
    }
  }
})

/** Whether a rank comes before another: the first number that differs decides. */
function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, place) => value !== b[place])
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0)
}

/** The declared skills of a profile's page, with their levels. */
function profileSkills(html: string): ReadonlyMap<string, string> {
  const $ = load(html)
  const rows = $('section[aria-labelledby=skills] .row--skill').get()
  return new Map(rows.map(row => [$(row).find('.row__title').text().trim(), $(row).find('.badge').text().trim()]))
}

/** "Declared: 1 of 2: VMware, expert, used 2026; not: Welsh" says of every asked skill what the profile says. */
function expectTrue(reason: string, profile: ReadonlyMap<string, string>, asked: readonly { name: string }[]): void {
  const said = reason.replace(/^Declared: (\d+ of \d+: )?/, '').split('; ')
  const missing = said.flatMap(part => (part.startsWith('not: ') ? part.slice(5).split(', ') : []))
  const held = said.filter(part => !part.startsWith('not: ')).map(part => part.split(', '))
  for (const [name = '', level] of held) expect(profile.get(name), reason).to.equal(level)
  for (const name of missing) expect(profile.has(name), reason).to.equal(false)
  expect([...held.map(([name]) => name), ...missing], reason).to.have.members(asked.map(({ name }) => name))
}
