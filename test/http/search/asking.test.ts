import { expect } from 'chai'
import type { DeclaredSkill, Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const knows = (skill: Skill, level: DeclaredSkill['level'], willing: DeclaredSkill['willing'] = []): DeclaredSkill => ({
  skillId: skill._id,
  level,
  willing,
})

describe('a question', () => {
  const clock = new MovableClock()
  let site: TestSite
  let browser: Browser

  before(async () => {
    site = await startTestSite({ clock })
    const cheshire = await anOrganisation(site, { name: 'Cheshire Council', slug: 'cheshire' })
    const wirral = await anOrganisation(site, { name: 'Wirral Council', slug: 'wirral' })
    const vmware = await aSkill(site, { name: 'VMware', aliases: ['vSphere'] })
    const oracle = await aSkill(site, { name: 'Oracle databases' })
    const eva = await aPerson(site, {
      name: 'Eva Expert',
      slug: 'eva-expert',
      organisation: cheshire,
      skills: [knows(vmware, 'expert', ['lend'])],
    })
    await aPerson(site, {
      name: 'Wim Working',
      organisation: wirral,
      skills: [knows(vmware, 'working', ['advise']), knows(oracle, 'expert')],
    })
    const pia = await aPerson(site, { name: 'Pia Practitioner', organisation: wirral, skills: [knows(vmware, 'practitioner')] })
    const write = (author: Person, title: string, kind: 'how-to' | 'architecture' | 'lesson-learned', updated: string) =>
      anArticle(site, author, { title, kind, text: 'Notes.', updatedAt: new Date(updated) })
    await write(eva, 'Cooling the data centre', 'how-to', '2025-02-28T23:59:59Z')
    await write(eva, 'Moving the server room', 'architecture', '2025-03-01')
    await write(pia, 'Data of the centre', 'lesson-learned', '2025-03-15')
    await write(pia, 'Tape in the server room', 'lesson-learned', '2026-01-01')
    await site.services.indexer.settled()
    browser = await site.signInAs(pia)
  })
  after(() => site.close())

  const results = async (address: string) => new SearchResults((await browser.get(address).expect(200)).text)
  const asked = (q: string, more = '') => results(`/search?q=${encodeURIComponent(q)}${more}`)
  const articles = async (q: string) => (await asked(q, '&type=article')).titles('article')
  const people = async (q: string) => (await asked(q, '&type=person')).titles('person')

  const finds: [q: string, found: string[]][] = [
    ['"data centre" OR "server room"', ['Cooling the data centre', 'Moving the server room', 'Tape in the server room']],
    ['"data centre" OR "server room" -tape', ['Cooling the data centre', 'Moving the server room']],
    ['-(cooling OR tape) centre room', ['Moving the server room', 'Data of the centre']],
    ['kind:how-to OR kind:architecture', ['Cooling the data centre', 'Moving the server room']],
    ['kind:"How to"', ['Cooling the data centre']],
    ['-kind:lesson-learned', ['Cooling the data centre', 'Moving the server room']],
    ['-organisation:cheshire', ['Data of the centre', 'Tape in the server room']],
    ['organisation:cheshire OR organisation:wirral room', ['Moving the server room', 'Tape in the server room']],
    ['author:"Eva Expert" room', ['Moving the server room']],
    ['after:2025-03', ['Moving the server room', 'Data of the centre', 'Tape in the server room']],
    ['before:2025-03', ['Cooling the data centre']],
    ['after:2025-03-02 before:2026', ['Data of the centre']],
    ['-after:2025-03', ['Cooling the data centre']],
  ]
  for (const [q, found] of finds) {
    it(`finds articles by ${q}`, async () =>
      expect(await articles(q))
        .to.have.members(found)
        .and.have.length(found.length))
  }

  const findsPeople: [q: string, found: string[]][] = [
    ['vmware level>=practitioner', ['Eva Expert', 'Pia Practitioner']],
    ['vmware level:working', ['Wim Working']],
    ['skill:vmware level<expert', ['Pia Practitioner', 'Wim Working']],
    ['skill:vmware level>working level<=practitioner', ['Pia Practitioner']],
    ['skill:oracle-databases level:expert', ['Wim Working']],
    ['level:expert', ['Eva Expert', 'Wim Working']],
    ['vmware -level:working', ['Eva Expert', 'Pia Practitioner']],
    ['skill:vmware willing:lend', ['Eva Expert']],
    ['skill:vmware -willing:lend', ['Pia Practitioner', 'Wim Working']],
  ]
  for (const [q, found] of findsPeople) {
    it(`finds people by ${q}`, async () =>
      expect(await people(q))
        .to.have.members(found)
        .and.have.length(found.length))
  }

  it('shows what it was narrowed to, each with the question without it', async () => {
    const q = 'room -tape kind:how-to OR kind:architecture after:2025-03 before:2026'
    const page = await asked(q, '&type=article&organisation=cheshire&from=2025-01-01&to=2026-12-31')
    const chips = page.chips()
    expect(chips).to.have.members([
      'organisation: Cheshire Council',
      'from 1 January 2025',
      'until 31 December 2026',
      'kind: How-to or Architecture',
      'from 1 March 2025',
      'before 1 January 2026',
      'without: tape',
    ])
    for (const chip of chips) {
      const without = await results(page.href(`×Remove ${chip}`))
      expect(without.chips(), chip).to.have.members(chips.filter(other => other !== chip))
    }
  })

  it('shows which skill, organisation and person were recognised, by an alias too, and narrows to each', async () => {
    const page = await asked('vsphere in cheshire by Eva Expert')
    expect(page.recognised()).to.deep.equal(['organisation: Cheshire Council', 'skill: VMware for “vsphere”', 'author: Eva Expert'])
    expect((await asked('vmware')).recognised()).to.deep.equal(['skill: VMware'])
    expect((await results(page.href('Narrow to skill: VMware'))).chips()).to.deep.equal(['skill: VMware'])
    expect((await asked('nothing of the kind')).recognised()).to.deep.equal([])
  })

  it('is searched as plain words when it cannot be read, and says so', async () => {
    const page = await asked('skill:vmware OR centre', '&type=article')
    expect(page.text('main')).to.include('everything was searched as plain words')
    expect(page.titles('article')).to.have.members(['Cooling the data centre', 'Data of the centre'])
    expect(page.chips()).to.deep.equal([])
  })

  const hints: [q: string, hint: string][] = [
    ['after:soon room', '“soon” is not a date, so “after:” was left out'],
    ['after:2025-13 room', '“2025-13” is not a date'],
    ['skill>=vmware room', '“skill” has no more and less'],
    ['skill: vmware', 'Write it without spaces: skill:name'],
    ['vmware level >= expert', 'Write it without spaces: level>=practitioner'],
    ['level:wizard vmware', 'There is no level “wizard”, so it was left out'],
  ]
  for (const [q, hint] of hints) {
    it(`says what was left out: ${q}`, async () => {
      const page = await asked(q)
      expect(page.text('main')).to.include(hint)
      expect(page.groups()).to.have.length.above(0)
    })
  }

  it('is explained on the page', async () => {
    const help = (await asked('vmware')).$('.search-help dt a')
    expect(help.length).to.be.above(5)
    for (const link of help.get()) {
      const page = await results(link.attribs.href ?? '')
      expect(page.text('main'), link.attribs.href).not.to.match(/left out|plain words, /)
    }
    expect((await results('/search')).$('.search-help').length).to.equal(1)
  })

  it('means the same while the engine does not answer, as far as titles say it', async () => {
    site.engine.switchOff()
    try {
      expect(await articles('"data centre" OR "server room"')).to.have.members([
        'Cooling the data centre',
        'Moving the server room',
        'Tape in the server room',
        'Data of the centre',
      ])
      expect(await articles('room -(tape OR centre)')).to.deep.equal(['Moving the server room'])
      expect(await articles('room -"the tape cellar"'), 'not all of the phrase is there').to.have.length(2)
      expect(await articles('room -kind:lesson-learned')).to.deep.equal(['Moving the server room'])
      expect(await articles('room after:2026')).to.deep.equal(['Tape in the server room'])
    } finally {
      site.engine.switchOn()
      clock.move(16_000)
    }
  })

  it('that takes too long is cut, and the page says so', async () => {
    const notice = 'This question took too long'
    expect((await asked('room')).text('.search-notice')).to.equal('')
    site.engine.isSlow = site.engine.name === 'embedded'
    try {
      const page = await asked('room')
      if (site.engine.isSlow) expect(page.text('.search-notice')).to.include(notice)
      expect((await asked('room', '&type=person')).$('main').length).to.equal(1)
    } finally {
      site.engine.isSlow = false
    }
    expect((await asked('room')).titles('article'), 'nothing of it stays').to.have.length(2)
  })
})
