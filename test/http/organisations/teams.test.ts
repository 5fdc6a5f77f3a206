import { expect } from 'chai'
import type { Role } from '../../../server/access/roles.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import { anOrganisation, aPerson, aTeam } from '../../support/builders.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const complete = { name: 'Service desk', description: 'Answers first.' }

describe('teams', () => {
  let site: TestSite
  let own: Organisation
  let other: Organisation
  let keeper: Browser
  let member: Browser
  let adding: string

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    other = await anOrganisation(site, { name: 'Wirral', slug: 'wirral' })
    keeper = await signInAs(own, 'organisation administrator')
    member = await signInAs(own)
    adding = '/organisations/cheshire/teams'
  })
  after(() => site.close())

  const signInAs = async (organisation: Organisation, ...roles: Role[]) =>
    site.signInAs(await aPerson(site, { organisation, roles: ['member', ...roles] }))
  const post = (path: string, given: object, by = keeper) => by.post(path).type('form').send(given)
  const all = () => site.services.models.teams.find({}).asSystem('a test looks at what was kept').sort({ _id: 1 }).lean<Team[]>()

  it('are added by an administrator of their organisation, and shown to everybody with their members', async () => {
    const answer = await post(adding, complete).expect(303).expect('Location', '/teams/service-desk')
    const path = String(answer.headers.location)
    expect((await keeper.get(path)).text)
      .to.include('The team is added.')
      .and.include('Nobody is in this team yet')
    const [team] = await all()
    const person = await aPerson(site, { organisation: own, teamIds: [team?._id ?? ''] })
    const page = (await (await signInAs(other)).get(path).expect(200)).text
    expect(headingOf(page)).to.equal('Service desk')
    expect(page).to.include('Answers first.')
    expect(linksOn(page))
      .to.include.members(['/organisations/cheshire', `/people/${person.slug}`])
      .and.not.include(`${path}/edit`)
    await site.visitor().get(path).expect(302)
    await member.get('/teams/nowhere').expect(404)
  })

  const keepers: [string, () => Promise<Browser>, boolean][] = [
    ['a member', () => signInAs(own), false],
    ['an editor', () => signInAs(own, 'editor'), false],
    ['a coordinator', () => signInAs(own, 'coordinator'), false],
    ['an administrator of another organisation', () => signInAs(other, 'organisation administrator'), false],
    ['an administrator of the organisation', () => signInAs(own, 'organisation administrator'), true],
    ['an administrator of the partnership', () => signInAs(other, 'partnership administrator'), true],
  ]
  for (const [who, signIn, may] of keepers) {
    it(`${who} ${may ? 'keeps' : 'does not keep'} them`, async () => {
      const browser = await signIn()
      const team = await aTeam(site, own)
      const path = `/teams/${team.slug}`
      expect(linksOn((await browser.get('/organisations/cheshire')).text).includes(`${adding}/new`)).to.equal(may)
      expect(linksOn((await browser.get(path)).text).includes(`${path}/edit`)).to.equal(may)
      for (const page of [`${adding}/new`, `${path}/edit`]) await browser.get(page).expect(may ? 200 : 403)
      const before = (await all()).length
      await post(adding, { ...complete, name: `Team of ${who}` }, browser).expect(may ? 303 : 403)
      await post(adding, { name: '' }, browser).expect(may ? 422 : 403)
      await post(path, { ...complete, name: 'Renamed' }, browser).expect(may ? 303 : 403)
      await post(path, { name: '' }, browser).expect(may ? 422 : 403)
      expect((await all()).length - before).to.equal(may ? 1 : 0)
      expect((await all()).find(({ _id }) => _id === team._id)?.name).to.equal(may ? 'Renamed' : team.name)
      await post('/organisations/nowhere/teams', complete, browser).expect(404)
      await post('/teams/nowhere', complete, browser).expect(404)
    })
  }

  for (const [what, given, problems] of [
    ['no name', { name: ' ' }, { name: 'Enter the name of the team' }],
    ['a long name', { name: 'x'.repeat(201) }, { name: 'Use 200 characters or fewer' }],
    ['a long description', { description: 'x'.repeat(2_001) }, { description: 'Use 2,000 characters or fewer' }],
  ] as const) {
    it(`are refused with ${what}: what was typed is still there, and nothing is saved`, async () => {
      const { slug } = await aTeam(site, own)
      const before = await all()
      for (const path of [adding, `/teams/${slug}`]) {
        const typed = { ...complete, ...given }
        const again = await post(path, typed).expect(422)
        expect(problemsOn(again.text)).to.deep.equal(problems)
        expect(formOn(again.text, path)).to.deep.equal(typed)
      }
      expect(await all()).to.deep.equal(before)
    })
  }

  it('keep their address when renamed; the same name gets one of its own', async () => {
    const first = String((await post(adding, { name: 'Twins' }).expect(303)).headers.location)
    const second = String((await post(adding, { name: 'Twins' }).expect(303)).headers.location)
    expect([first, second.slice(0, -6)]).to.deep.equal(['/teams/twins', '/teams/twins-'])
    const form = formOn((await keeper.get(`${first}/edit`).expect(200)).text)
    await post(first, { ...form, name: 'Only one' })
      .expect(303)
      .expect('Location', first)
    expect(headingOf((await member.get(first).expect(200)).text)).to.equal('Only one')
    expect(headingOf((await member.get(second).expect(200)).text)).to.equal('Twins')
  })

  it('are not changed by visitors or forms of other sites, nor by looking', async () => {
    const { slug } = await aTeam(site, own)
    const before = await all()
    for (const path of [adding, `/teams/${slug}`]) {
      await post(path, complete, site.visitor()).expect(302)
      await post(path, complete).set('Sec-Fetch-Site', 'cross-site').expect(403)
    }
    for (const page of [`/teams/${slug}`, `/teams/${slug}/edit`, `${adding}/new`]) await keeper.get(`${page}?name=X`).expect(200)
    expect(await all()).to.deep.equal(before)
  })
})
