import { expect } from 'chai'
import { load } from 'cheerio'
import { mostFollowed } from '../../../server/notifications/following.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anOrganisation, aPerson, aSkill, asReader, aTeam } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('following', () => {
  let site: TestSite
  let organisation: Organisation
  let team: Team
  let skill: Skill
  let other: Person
  let person: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    organisation = await anOrganisation(site, { name: 'Halton', slug: 'halton' })
    team = await aTeam(site, organisation, { name: 'Hosting', slug: 'hosting' })
    skill = await aSkill(site, { name: 'VMware' })
    other = await aPerson(site, { name: 'Olive Other', slug: 'olive-other' })
  })
  beforeEach(async () => {
    person = await aPerson(site)
    browser = await site.signInAs(person)
  })
  after(() => site.close())

  const followed = async () =>
    load((await browser.get('/following').expect(200)).text)('.row--followed > a')
      .toArray()
      .map(link => link.attribs.href)
  const buttonOn = async (page: string) => {
    const $ = load((await browser.get(page).expect(200)).text)
    return { action: $('form[action^="/following"]').attr('action') ?? '', words: $('form[action^="/following"] button').text() }
  }
  const kept = async () => (await site.services.models.followings.findById(person._id).lean<{ follows: string[] }>())?.follows ?? []
  const followQuietly = (tokens: string[]) =>
    site.services.models.followings.updateOne({ _id: person._id }, { $set: { follows: tokens } }, { upsert: true })

  const pages = {
    skill: '/skills/vmware',
    organisation: '/organisations/halton',
    team: '/teams/hosting',
    person: '/people/olive-other',
    kind: '/knowledge/kinds/how-to',
  }
  for (const [kind, page] of Object.entries(pages))
    it(`begins and ends on the page of ${kind === 'organisation' ? 'an' : 'a'} ${kind}, by buttons without a script`, async () => {
      const begin = await buttonOn(page)
      expect(begin.words).to.match(/^Follow /)
      await browser.post(begin.action).type('form').send({}).expect(303).expect('Location', page)
      const end = await buttonOn(page)
      expect(end.words).to.match(/^Following .*– stop$/)
      expect(await followed()).to.deep.equal([page])
      await browser.post(end.action).type('form').send({}).expect(303).expect('Location', page)
      expect(await followed()).to.deep.equal([])
      expect((await buttonOn(page)).action).to.equal(begin.action)
    })

  it('ends from the list too, and comes back to it; never to another site', async () => {
    await browser.post('/following/skill/vmware').type('form').send({ back: '/following' }).expect('Location', '/following')
    const form = load((await browser.get('/following')).text)('.row--followed form')
    expect(form.attr('action')).to.equal('/following/skill/vmware/stop')
    await browser.post('/following/skill/vmware/stop').type('form').send({ back: '//evil.example/x' }).expect('Location', '/')
    const page = (await browser.get('/following')).text
    expect(page).to.include('You do not follow VMware any more').and.include('You follow nothing yet')
  })

  it('is not offered for oneself', async () => {
    expect((await buttonOn(`/people/${person.slug}`)).action).to.equal('')
  })

  it('is the same done twice, and both of two at once count', async () => {
    await browser.post('/following/skill/vmware').type('form').send({}).expect(303)
    await browser.post('/following/skill/vmware').type('form').send({}).expect(303)
    expect(await kept()).to.deep.equal([`skill:${skill._id}`])
    const second = await aPerson(site)
    const sent = ['/following/skill/vmware', '/following/team/hosting', '/following/organisation/halton', '/following/person/olive-other']
    const theirs = await site.signInAs(second)
    await Promise.all(sent.map(address => theirs.post(address).type('form').send({}).expect(303)))
    const { subjects } = await site.services.following.all(asReader(second))
    expect(subjects.map(({ id }) => id)).to.have.members([skill._id, team._id, organisation._id, other._id])
  })

  it('answers 404 for what is not there, what is hidden, and what cannot be followed, alike', async () => {
    const hidden = await aPerson(site, { name: 'Hidden', slug: 'hidden-one', readers: [] })
    const strange = [
      `person/${hidden.slug}`,
      'person/there-is-none',
      'skill/there-is-none',
      'article/vmware',
      'kind/vmware',
      'constructor/vmware',
      'skill/%00',
    ]
    const answers = await Promise.all(
      strange.map(address =>
        browser
          .post(`/following/${address}`)
          .type('form')
          .send({ back: ['/', '/'] }),
      ),
    )
    expect(answers.map(({ status }) => status)).to.deep.equal(strange.map(() => 404))
    for (const address of strange) await browser.post(`/following/${address}/stop`).type('form').send({}).expect(404)
    const said = answers.slice(0, 2).map(({ text }) => load(text)('main p').first().text())
    expect(said[0]).to.equal(said[1])
    expect(await kept()).to.deep.equal([])
  })

  it('lets those drop out who left or were suspended, and shows them again when they are back', async () => {
    const leaver = await aPerson(site, { name: 'Leaver', slug: 'leaver' })
    await browser.post('/following/person/leaver').type('form').send({}).expect(303)
    expect(await followed()).to.deep.equal(['/people/leaver'])
    await site.services.people.suspend(leaver)
    expect(await followed()).to.deep.equal([])
    await site.services.people.resume(leaver)
    expect(await followed()).to.deep.equal(['/people/leaver'])
    await site.services.leavers.leave(leaver)
    expect(await followed()).to.deep.equal([])
  })

  it('goes on with the skill that a skill was merged into, once, and ends with it', async () => {
    const target = await aSkill(site, { name: 'Target' })
    const between = await aSkill(site, { name: 'Between', mergedInto: target._id })
    const merged = await aSkill(site, { name: 'Merged', mergedInto: between._id })
    await followQuietly([`skill:${merged._id}`, `skill:${between._id}`, `skill:${skill._id}`])
    expect(await followed()).to.deep.equal(['/skills/target', '/skills/vmware'])
    expect((await buttonOn('/skills/target')).action).to.equal('/following/skill/target/stop')
    await browser.post('/following/skill/target/stop').type('form').send({}).expect(303)
    expect(await kept()).to.deep.equal([`skill:${skill._id}`])
    await browser.post('/following/skill/merged').type('form').send({}).expect(303).expect('Location', '/skills/target')
    expect(await kept()).to.deep.equal([`skill:${skill._id}`, `skill:${target._id}`])
  })

  it('ends, however skills were merged in a circle', async () => {
    const [one, two] = [await aSkill(site, { name: 'Circle one' }), await aSkill(site, { name: 'Circle two' })]
    await site.services.models.skills.updateOne({ _id: one._id }, { $set: { mergedInto: two._id } })
    await site.services.models.skills.updateOne({ _id: two._id }, { $set: { mergedInto: one._id } })
    await followQuietly([`skill:${one._id}`])
    expect(await followed()).to.have.length(1)
  })

  it(`of more than ${mostFollowed} is refused in words, and makes room of what is gone`, async () => {
    const skills = await Promise.all(Array.from({ length: mostFollowed }, (_, at) => aSkill(site, { name: `Full ${at}` })))
    await followQuietly(skills.map(({ _id }) => `skill:${_id}`))
    await browser.post('/following/skill/vmware').type('form').send({}).expect(303).expect('Location', '/skills/vmware')
    expect((await browser.get('/skills/vmware')).text).to.include('the most there can be')
    expect(await kept()).to.have.length(mostFollowed)
    await browser.post('/following/skill/full-7').type('form').send({}).expect(303)
    expect((await browser.get('/skills/full-7')).text).to.include('You follow Full 7')
    await followQuietly([...skills.slice(1).map(({ _id }) => `skill:${_id}`), 'skill:gone'])
    await browser.post('/following/skill/vmware').type('form').send({}).expect(303)
    expect(await kept())
      .to.have.length(mostFollowed)
      .and.include(`skill:${skill._id}`)
      .and.not.include('skill:gone')
  })
})
