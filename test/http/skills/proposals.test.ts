import { expect } from 'chai'
import { load } from 'cheerio'
import type { Role } from '../../../server/access/roles.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { SkillProposal } from '../../../server/skills/proposals/skillProposalModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }

describe('proposed skills', () => {
  let site: TestSite
  let keeper: Browser
  let ada: Account
  let browser: Browser
  let path: string
  let name: string

  before(async () => {
    site = await startTestSite()
    await aSkill(site, { name: 'VMware', aliases: ['vSphere'] })
    keeper = await site.signInAs(await aPerson(site, { name: 'Priya Nair', roles: ['member', 'partnership administrator'] }))
  })
  after(() => site.close())
  beforeEach(async () => {
    ada = await aPerson(site, { name: `Ada ${newId()}` })
    browser = await site.signInAs(ada)
    path = `/people/${ada.slug}/skills`
    name = `Skill ${newId()}`
  })

  const post = (by: Browser, address: string, given: object) => by.post(address).type('form').send(given)
  const propose = (given: object = {}, by = browser, address = path) =>
    post(by, address, { skill: name, level: 'practitioner', propose: 'yes', ...given })
  const proposals = () =>
    site.services.models.skillProposals
      .find({ name: new RegExp(name, 'i') })
      .asSystem('a test looks at what is kept')
      .sort({ _id: 1 })
      .lean<SkillProposal[]>()
  const theOne = async () => (await proposals())[0] as SkillProposal
  const addressOf = ({ _id }: SkillProposal) => `/admin/skills/proposals/${_id}`
  const skillCalled = (called: string) =>
    site.services.models.skills.findOne({ name: called }).asSystem('a test looks at what is kept').lean<Skill>()
  const declaredBy = async ({ _id }: Person) => ((await site.services.people.byId(_id)) as Person).skills
  const words = async (by: Browser, address: string) =>
    load((await by.get(address).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')
  const form = () => ({ name, group: 'Other', aliases: '', description: '' })

  it('are offered when a name is not in the vocabulary, beside what is like it', async () => {
    const again = await post(browser, path, { skill: 'VMwares', level: 'expert', lastUsed: '2020-01' }).expect(422)
    const page = load(again.text)
    expect(page('button[name=propose]').text()).to.equal('Propose “VMwares” as a new skill')
    expect(page('.missing-skill strong').text()).to.equal('VMware')
    expect(page('main form button').first().text(), 'what Enter presses').to.equal('Save the skill')
    expect(formOn(again.text, path)).to.include({ skill: 'VMwares', level: 'expert', lastUsed: '2020-01', group: '', why: '' })
    expect(load((await browser.get(path)).text)('.missing-skill')).to.have.length(0)
  })

  it('wait on the home pages of those who decide, and of nobody else', async () => {
    await propose({ why: 'We teach it.' }).expect(303)
    const waiting = async (by: Browser) => load((await by.get('/').expect(200)).text)('main a[href="/admin/skills"]').text()
    expect(await waiting(keeper)).to.include('Skills proposed')
    expect(await waiting(browser)).to.equal('')
  })

  it('wait for the administrators, who see who misses what and why; the known ones beside them are saved', async () => {
    await propose({ skill: `VMware, ${name}`, group: 'Infrastructure', why: 'We teach it.' })
      .expect(303)
      .expect('Location', path)
    const own = await words(browser, path)
    expect(own).to.include(`One skill is on the profile. “${name}” is proposed.`).and.to.include(`${name} waits for the administrators`)
    expect(await declaredBy(ada)).to.have.length(1)
    const listed = await words(keeper, '/admin/skills')
    for (const text of [name, ada.name, 'practitioner', '“We teach it.”']) expect(listed).to.include(text)
    const page = (await keeper.get(addressOf(await theOne())).expect(200)).text
    expect(formOn(page, `${addressOf(await theOne())}/accept`)).to.deep.equal({
      name,
      aliases: '',
      group: 'Infrastructure',
      description: '',
    })
  })

  it('make the skill when they are accepted, and are on the profile with the level typed', async () => {
    await propose({ level: 'expert', lastUsed: '2020-01', willing: ['advise', 'lend'] }).expect(303)
    const address = addressOf(await theOne())
    await post(keeper, `${address}/accept`, { ...form(), aliases: 'another name of it' })
      .expect(303)
      .expect('Location', '/admin/skills')
    const skill = (await skillCalled(name)) as Skill
    expect(skill).to.deep.include({ group: 'Other', aliases: ['another name of it'] })
    expect(await declaredBy(ada)).to.deep.equal([
      { skillId: skill._id, level: 'expert', lastUsed: new Date('2020-01-01T00:00:00Z'), willing: ['advise', 'lend'] },
    ])
    expect(await words(browser, path)).to.match(new RegExp(`${name} accepted Proposed on .* In the vocabulary on`))
    expect(linksOn((await browser.get(path)).text)).to.include(`/skills/${skill.slug}`)
    await site.services.indexer.settled()
    const found = (await browser.get(`/search?q=${encodeURIComponent(`"${name}"`)}&type=person`)).text
    expect(linksOn(found)).to.include(`/people/${ada.slug}`)
    expect(await words(keeper, '/admin/skills')).to.include(`“${name}” is in the vocabulary`)
    expect(await words(keeper, address)).to.include('By Priya Nair.')
    expect(linksOn((await keeper.get('/admin/skills')).text)).to.not.include(address)
  })

  it('become another name of a skill that is there', async () => {
    const target = await aSkill(site, { aliases: [] })
    await propose().expect(303)
    await post(keeper, `${addressOf(await theOne())}/alias`, { skill: target.name.toUpperCase() }).expect(303)
    expect(await site.services.skills.called(name, { tokens: ['partnership'] })).to.include({ _id: target._id })
    expect((await declaredBy(ada)).map(({ skillId }) => skillId)).to.deep.equal([target._id])
    expect(await words(browser, path)).to.include(`Another name for ${target.name}`)
  })

  it('are declined with a reason that those who proposed them read', async () => {
    await propose().expect(303)
    const address = addressOf(await theOne())
    const again = await post(keeper, `${address}/decline`, { reason: ' ' }).expect(422)
    expect(problemsOn(again.text)).to.deep.equal({ reason: 'Write why, for those who proposed it' })
    await post(keeper, `${address}/decline`, { reason: 'A brand, no <b>skill</b>.' }).expect(303)
    expect(await words(browser, path)).to.match(/declined Proposed on .* Declined on .*: A brand, no <b>skill<\/b>\./)
    expect(await declaredBy(ada)).to.deep.equal([])
  })

  it('can be proposed again after that, and administrators see what was said then', async () => {
    await propose().expect(303)
    await post(keeper, `${addressOf(await theOne())}/decline`, { reason: 'Too vague.' }).expect(303)
    await propose().expect(303)
    const [, second] = await proposals()
    expect(await words(keeper, addressOf(second as SkillProposal))).to.match(/Declined before, on .*: Too vague\./)
  })

  it('of the same spelling are one, which all who miss it are on; the last word of each counts', async () => {
    const berta = await aPerson(site)
    const theirs = await site.signInAs(berta)
    await propose().expect(303)
    await propose({ skill: name.toUpperCase(), level: 'awareness' }, theirs, `/people/${berta.slug}/skills`).expect(303)
    await propose({ level: 'working' }).expect(303)
    expect(await proposals()).to.have.length(1)
    expect((await theOne()).proposers.map(({ personId, level }) => [personId, level])).to.deep.equal([
      [berta._id, 'awareness'],
      [ada._id, 'working'],
    ])
    expect(await words(theirs, `/people/${berta.slug}/skills`)).to.not.include(ada.name)
    await post(keeper, `${addressOf(await theOne())}/accept`, form()).expect(303)
    expect((await declaredBy(ada)).map(({ level }) => level)).to.deep.equal(['working'])
    expect((await declaredBy(berta)).map(({ level }) => level)).to.deep.equal(['awareness'])
  })

  it('at the same moment are one too', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => aPerson(site)))
    const browsers = await Promise.all(people.map(person => site.signInAs(person)))
    const answers = await Promise.all(browsers.map((by, at) => propose({}, by, `/people/${people[at]?.slug}/skills`)))
    expect(answers.map(({ status }) => status)).to.deep.equal(people.map(() => 303))
    expect(await proposals()).to.have.length(1)
    expect((await theOne()).proposers).to.have.length(5)
  })

  it('are decided once: the second administrator is told what the first decided', async () => {
    await propose().expect(303)
    const address = addressOf(await theOne())
    const answers = await Promise.all([
      post(keeper, `${address}/accept`, form()),
      post(keeper, `${address}/decline`, { reason: 'No.' }),
      post(keeper, `${address}/accept`, form()),
    ])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409, 409])
    const late = answers.find(({ status }) => status === 409)
    expect(late?.text).to.include('Somebody else decided this proposal while you looked at it').and.to.include('By Priya Nair.')
    const { state } = await theOne()
    expect((await skillCalled(name)) !== null).to.equal(state === 'accepted')
    expect(await declaredBy(ada)).to.have.length(state === 'accepted' ? 1 : 0)
  })

  for (const [where, breakIt] of [
    ['before the skill is made', () => failOnce(site.services.skillKeeping, 'keep')],
    ['before it is on the profile', () => failOnce(site.services.declaredSkills, 'add')],
  ] as const) {
    it(`that were accepted and cut short ${where} are finished by a job`, async () => {
      await propose().expect(303)
      const address = addressOf(await theOne())
      breakIt()
      await post(keeper, `${address}/accept`, form()).expect(500)
      site.logged.splice(0)
      expect(await words(keeper, address)).to.include('It is still being put on the profiles')
      expect(await declaredBy(ada)).to.deep.equal([])
      expect(await site.services.proposalDecisions.finish()).to.equal(1)
      expect((await declaredBy(ada)).map(({ skillId }) => skillId)).to.deep.equal([(await skillCalled(name))?._id])
      expect(await site.services.proposalDecisions.finish()).to.equal(0)
      expect(await words(keeper, address)).to.not.include('still being put')
    })
  }

  it('leave a skill that somebody declared meanwhile as it is', async () => {
    await propose({ level: 'awareness' }).expect(303)
    const skill = await aSkill(site)
    await post(browser, path, { skill: skill.name, level: 'expert' }).expect(303)
    await post(keeper, `${addressOf(await theOne())}/alias`, { skill: skill.name }).expect(303)
    expect((await declaredBy(ada)).map(({ level }) => level)).to.deep.equal(['expert'])
  })

  it('whose name came into the vocabulary meanwhile are accepted as that', async () => {
    await propose().expect(303)
    await post(keeper, '/skills', { name, group: 'Other' }).expect(303)
    const address = addressOf(await theOne())
    expect(problemsOn((await post(keeper, `${address}/accept`, form()).expect(422)).text)).to.have.all.keys('name')
    expect(problemsOn((await post(keeper, `${address}/alias`, { skill: 'VMware' }).expect(422)).text).skill).to.include(
      'belongs to the skill',
    )
    expect(problemsOn((await post(keeper, `${address}/alias`, { skill: 'Alchemy 9' }).expect(422)).text).skill).to.include('is not in')
    await post(keeper, `${address}/alias`, { skill: name }).expect(303)
    expect((await skillCalled(name))?.aliases).to.deep.equal([])
    expect(await declaredBy(ada)).to.have.length(1)
  })

  it('are refused without letters, too long, or when too many of one person wait', async () => {
    expect(problemsOn((await propose({ skill: '!!!' }).expect(422)).text)).to.have.all.keys('skill')
    const long = await propose({ skill: 'x'.repeat(101) }).expect(422)
    expect(load(long.text)('button[name=propose]')).to.have.length(0)
    expect(problemsOn((await propose({ why: 'x'.repeat(501) }).expect(422)).text)).to.deep.equal({ why: 'Use 500 characters or fewer' })
    expect(problemsOn((await propose({ lastUsed: '2999-01' }).expect(422)).text)).to.have.all.keys('lastUsed')
    expect(await proposals()).to.deep.equal([])
    for (let more = 0; more < 20; more++) await propose({ skill: `${name} ${more}` }).expect(303)
    expect(problemsOn((await propose().expect(422)).text).skill).to.include('20 proposals for this profile wait already')
  })

  it('for a profile are made by its person and the administrators of the organisation, and seen by them alone', async () => {
    const organisation = await anOrganisation(site)
    const una = await aPerson(site, { organisation })
    const address = `/people/${una.slug}/skills`
    const own = await site.signInAs(await aPerson(site, { organisation, roles: ['member', 'organisation administrator'] }))
    await propose({}, browser, address).expect(403)
    await propose({}, own, address).expect(303)
    expect(await words(await site.signInAs(una), address)).to.include(name)
    await browser.get(address).expect(403)
  })

  for (const role of ['member', 'editor', 'coordinator', 'organisation administrator'] as const) {
    it(`are decided by no ${role}`, async () => {
      await propose().expect(303)
      const other = await site.signInAs(await aPerson(site, { organisationId: ada.organisationId, roles: ['member', role] as Role[] }))
      const address = addressOf(await theOne())
      for (const path of ['/admin/skills', address]) await other.get(path).expect(403)
      for (const deed of ['accept', 'alias', 'decline'])
        await post(other, `${address}/${deed}`, { ...form(), skill: 'VMware', reason: 'x' }).expect(403)
      expect((await theOne()).state).to.equal('open')
    })
  }

  it('that there are not answer as such', async () => {
    await keeper.get('/admin/skills/proposals/nowhere').expect(404)
    for (const deed of ['accept', 'alias', 'decline'])
      await post(keeper, `/admin/skills/proposals/nowhere/${deed}`, { ...form(), skill: 'VMware', reason: 'x' }).expect(404)
  })
})

/** The next call fails, as when the database goes away. */
function failOnce<T extends object>(service: T, method: keyof T & string): void {
  Object.defineProperty(service, method, {
    configurable: true,
    value: async () => {
      delete service[method]
      throw new Error('the database is away')
    },
  })
}
