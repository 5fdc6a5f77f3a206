import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import { localDate } from '../../../server/people/absence.ts'
import type { DeclaredSkill, Person } from '../../../server/people/personModel.ts'
import type { Level } from '../../../server/skills/levels.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { commandsOf } from '../../support/databaseReads.ts'
import { linksOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const dayMs = 86_400_000

describe('the coverage map', () => {
  let site: TestSite
  let browser: Browser
  let place: Record<'avon' | 'brent' | 'calder', Organisation>
  let skill: Record<'vmware' | 'oracle' | 'welsh' | 'cobol', Skill>

  const knows = (known: Skill, level: Level): DeclaredSkill => ({ skillId: known._id, level, willing: [] })
  const day = (days: number) => localDate(new Date(site.services.clock.now().getTime() + days * dayMs))
  const away = (from: number, until: number) => ({ absence: { from: day(from), until: day(until) } })

  before(async () => {
    site = await startTestSite()
    place = {
      avon: await anOrganisation(site, { name: 'Avon', slug: 'avon' }),
      brent: await anOrganisation(site, { name: 'Brent', slug: 'brent' }),
      calder: await anOrganisation(site, { name: '=Calder, "the third"', slug: 'calder' }),
    }
    skill = {
      vmware: await aSkill(site, { name: 'VMware' }),
      oracle: await aSkill(site, { name: 'Oracle' }),
      welsh: await aSkill(site, { name: 'Welsh', group: 'Languages' }),
      cobol: await aSkill(site, { name: '-COBOL', slug: 'cobol', group: 'Languages' }),
    }
    const { avon, brent } = place
    const priya = await aPerson(site, { organisation: avon, skills: [knows(skill.vmware, 'expert'), knows(skill.oracle, 'working')] })
    await aPerson(site, { organisation: avon, skills: [knows(skill.vmware, 'working')] })
    await aPerson(site, { organisation: brent, skills: [knows(skill.vmware, 'practitioner')] })
    await aPerson(site, { organisation: brent, skills: [knows(skill.oracle, 'practitioner')], ...away(10, 100) })
    await aPerson(site, { organisation: brent, skills: [knows(skill.welsh, 'awareness')], ...away(0, 12) })
    for (const title of ['Moving to Oracle', 'Leaving Oracle']) await anArticle(site, priya, { title, skillIds: [skill.oracle._id] })
    browser = await site.signInAs(priya)
    await site.services.indexer.settled()
  })
  after(() => site.close())

  const read = async (query = '') => load((await browser.get(`/skills/coverage${query}`).expect(200)).text)
  const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()
  /** Row by row: the skill, its notes, and what each cell says. */
  const mapOf = ($: ReturnType<typeof load>) =>
    Object.fromEntries(
      $('.coverage tbody tr')
        .toArray()
        .map(row => {
          const cells = $(row)
            .find('td')
            .toArray()
            .map(cell => squeezed($(cell).clone().find('[aria-hidden], .cover__place').remove().end().text()))
          return [$(row).find('th a').text(), [squeezed($(row).find('.coverage__notes').text()), ...cells]]
        }),
    )
  const shown = async (query = '') => Object.keys(mapOf(await read(query)))

  it('says for each skill and organisation how many people have it, the highest level, and what depends on one person', async () => {
    const $ = await read()
    expect(
      $('.coverage thead th')
        .toArray()
        .map(head => squeezed($(head).text())),
    ).to.deep.equal(['Skill', 'Partnership', place.calder.name, 'Avon', 'Brent'])
    expect(mapOf($)).to.deep.equal({
      Oracle: [
        'Infrastructure · one person only while 1 is away for long · in demand: 2 articles',
        '2 people, highest level practitioner, 1 away for long',
        'nobody',
        '1 person, highest level working',
        '1 person, highest level practitioner, 1 away for long',
      ],
      VMware: [
        'Infrastructure',
        '3 people, highest level expert',
        'nobody',
        '2 people, highest level expert',
        '1 person, highest level practitioner',
      ],
      '-COBOL': ['Languages · nobody in the partnership', 'nobody', 'nobody', 'nobody', 'nobody'],
      Welsh: ['Languages · one person only', '1 person, highest level awareness', 'nobody', 'nobody', '1 person, highest level awareness'],
    })
    const signs = $('.coverage .cover--single')
      .toArray()
      .map(cell => squeezed($(cell).find('.cover__people, .cover__sign').text()))
    expect(signs).to.deep.equal(['2P', '1W', '1P', '1P', '1A', '1A'])
  })

  it('leads from a number to the people who are counted in it', async () => {
    const href = '/search?type=person&organisation=avon&skill=vmware'
    const link = linksOn((await browser.get('/skills/coverage').expect(200)).text).find(
      address => address.includes('skill=vmware') && address.includes('organisation=avon'),
    )
    expect(new URLSearchParams(link?.split('?')[1])).to.deep.equal(new URLSearchParams(href.split('?')[1]))
    expect((await browser.get(link as string).expect(200)).text).to.match(/\b2 (people|results)|People who know/)
  })

  it('is narrowed by group, organisation and level, and to single points, gaps, demand and absence', async () => {
    expect(await shown('?group=Languages')).to.deep.equal(['-COBOL', 'Welsh'])
    expect(await shown('?show=single')).to.deep.equal(['Oracle', 'Welsh'])
    expect(await shown('?show=nobody')).to.deep.equal(['-COBOL'])
    expect(await shown('?show=demand')).to.deep.equal(['Oracle'])
    expect(await shown('?show=away')).to.deep.equal(['Oracle'])
    expect(await shown('?show=single&organisation=brent')).to.deep.equal(['Oracle', 'VMware', 'Welsh'])
    expect(await shown('?show=nobody&organisation=avon')).to.deep.equal(['-COBOL', 'Welsh'])
    expect(await shown('?show=single&level=practitioner')).to.deep.equal(['Oracle'])
    expect(mapOf(await read('?level=expert&organisation=avon')).VMware).to.deep.equal([
      'Infrastructure · one person only',
      '1 person, highest level expert',
    ])
    expect(await shown('?show=away&group=Languages')).to.deep.equal([])
    expect(await shown('?group=Telepathy&level=wizard&organisation=nowhere&show=magic&page=999')).to.have.length(4)
  })

  it('counts how many skills are of each kind, with links that keep the other filters', async () => {
    const $ = await read('?organisation=brent')
    const tallies = $('.tally li')
      .toArray()
      .map(row => squeezed($(row).text()))
    expect(tallies).to.deep.equal([
      'Single points of failure 3 of 4',
      'Skills that nobody has 1 of 4',
      'In demand, with one person or nobody 1 of 4',
      'With people away for long 1 of 4',
    ])
    expect($('.tally a').first().attr('href')).to.equal('/skills/coverage?organisation=brent&show=single')
    expect($('select[name=organisation] option[selected]').text()).to.equal('Brent')
  })

  it('is a CSV file for spreadsheets, with the same filters and no formulas', async () => {
    const answer = await browser
      .get('/skills/coverage.csv?group=Languages')
      .expect(200)
      .expect('Content-Type', /text\/csv/)
    expect(answer.headers['content-disposition']).to.include('skills-coverage.csv')
    expect(answer.text.split('\r\n')).to.deep.equal([
      '\ufeffSkill,Group,Risk,Articles of 90 days,Partnership: people,Partnership: highest level,' +
        `"'=Calder, ""the third"": people","'=Calder, ""the third"": highest level",` +
        'Avon: people,Avon: highest level,Brent: people,Brent: highest level',
      "'-COBOL,Languages,nobody in the partnership,,0,,0,,0,,0,",
      'Welsh,Languages,one person only,,1,awareness,0,,0,,1,awareness',
      '',
    ])
  })

  it('is linked from the skills, the home page where skills are in demand, and for administrators', async () => {
    for (const path of ['/skills', '/']) expect(linksOn((await browser.get(path).expect(200)).text), path).to.include('/skills/coverage')
    const keeper = await site.signInAs(await aPerson(site, { roles: ['organisation administrator'] }))
    expect(linksOn((await keeper.get('/admin').expect(200)).text)).to.include('/skills/coverage')
  })

  it('does not count who is suspended or has left, until they are back', async () => {
    const people = async () => mapOf(await read('?group=Languages')).Welsh?.[1]
    const gwen: Person = await aPerson(site, { organisation: place.avon, skills: [knows(skill.welsh, 'expert')] })
    expect(await people()).to.equal('2 people, highest level expert')
    await site.services.people.suspend(gwen)
    expect(await people()).to.equal('1 person, highest level awareness')
    await site.services.people.resume(gwen)
    expect(await people()).to.equal('2 people, highest level expert')
    await site.services.leavers.leave(gwen)
    expect(await people()).to.equal('1 person, highest level awareness')
  })

  it('asks its database as often for many people and skills as for few, and misses no demand, in pages of 30', async () => {
    const { indexer, models } = site.services
    const counted = ['people', 'skills', 'organisations', 'articles']
    const commands = commandsOf(site.services)
    // Nothing else asks meanwhile: the indexer works only when it is waited for.
    await indexer.stop()
    const reads = async (path: string) => {
      await indexer.settled()
      const counts: number[] = []
      // The least of three: what ends in the background only adds.
      for (let time = 0; time < 3; time++) {
        commands.length = 0
        await browser.get(path).expect(200)
        counts.push(commands.flat().filter(collection => counted.includes(collection)).length)
      }
      return Math.min(...counts)
    }
    const few = await reads('/skills/coverage')
    const { _id: _, ...like } = skill.welsh
    const many = Array.from({ length: 60 }, (_, at) => ({
      ...like,
      _id: `many-${at}`,
      name: `Many ${at}`,
      slug: `many-${at}`,
      group: 'Many',
    }))
    await models.skills.insertMany(many)
    const author = await aPerson(site, { organisation: place.avon, skills: many.map(one => knows(one, 'working')) })
    const { _id: __, email: ___, ...others } = author
    const people = Array.from({ length: 150 }, (_, at) => ({
      ...others,
      _id: `other-${at}`,
      slug: `other-${at}`,
      skills: [knows(skill.welsh, 'working')],
    }))
    await models.people.collection.insertMany(people as never)
    await anArticle(site, author, { skillIds: many.map(({ _id }) => _id) })
    await indexer.settled()
    expect(await shown('?group=Many&show=demand')).to.deep.equal([])
    await anArticle(site, author, { skillIds: many.map(({ _id }) => _id) })
    expect(await reads('/skills/coverage')).to.equal(few)
    expect(few).to.be.within(4, 20)
    expect(await shown('?group=Many&show=demand')).to.have.length(30)
    expect(await shown('?group=Many&show=demand&page=2')).to.have.length(30)
    const $ = await read('?group=Many&show=demand&page=2')
    expect($('.coverage caption').text()).to.equal('31 to 60 of 60 skills')
    expect((await browser.get('/skills/coverage.csv?group=Many&show=demand').expect(200)).text.trim().split('\r\n')).to.have.length(61)
  })
})
