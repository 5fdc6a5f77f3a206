import { expect } from 'chai'
import type { Role } from '../../../server/access/roles.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import { anArticle, anOrganisation, aPerson, aTeam } from '../../support/builders.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const complete = { name: 'Mersey Fire', type: 'fire', domains: 'mersey.example, FIRE.example', status: 'active' }

describe('organisations', () => {
  let site: TestSite
  let keeper: Browser
  let member: Browser

  before(async () => {
    site = await startTestSite()
    keeper = await signInAs('partnership administrator')
    member = await signInAs()
  })
  after(() => site.close())

  const signInAs = async (...roles: Role[]) => site.signInAs(await aPerson(site, { roles: ['member', ...roles] }))
  const post = (path: string, given: object, by = keeper) => by.post(path).type('form').send(given)
  const all = () =>
    site.services.models.organisations.find({}).asSystem('a test looks at what was kept').sort({ _id: 1 }).lean<Organisation[]>()
  const add = async (given: object = {}) => String((await post('/organisations', { ...complete, ...given }).expect(303)).headers.location)

  it('are added by administrators of the partnership, and shown to everybody', async () => {
    const path = await add()
    expect(path).to.equal('/organisations/mersey-fire')
    const page = (await keeper.get(path).expect(200)).text
    expect(headingOf(page)).to.equal('Mersey Fire')
    for (const text of ['The organisation is added.', 'Fire and rescue', '0 people', 'No teams yet']) expect(page).to.include(text)
    expect((await all()).find(({ name }) => name === 'Mersey Fire')?.domains).to.deep.equal(['mersey.example', 'fire.example'])
    const list = (await member.get('/organisations').expect(200)).text
    expect(linksOn(list)).to.include(path).and.not.include('/organisations/new')
    expect(linksOn((await keeper.get('/organisations')).text)).to.include('/organisations/new')
  })

  it('show their teams, people and articles', async () => {
    const organisation = await anOrganisation(site, { name: 'Full House', slug: 'full-house' })
    const team = await aTeam(site, organisation, { name: 'Networks' })
    const person = await aPerson(site, { organisation })
    const article = await anArticle(site, person)
    await site.services.indexer.settled()
    const page = (await member.get('/organisations/full-house').expect(200)).text
    expect(page).to.include('1 person')
    expect(linksOn(page)).to.include.members([
      `/teams/${team.slug}`,
      `/people/${person.slug}`,
      '/search?type=article&organisation=full-house',
    ])
    expect(linksOn((await member.get('/search?type=article&organisation=full-house')).text)).to.include(`/knowledge/${article.slug}`)
  })

  for (const role of ['member', 'editor', 'coordinator', 'organisation administrator'] as const) {
    it(`are kept by no ${role}, not even their own`, async () => {
      const organisation = await anOrganisation(site)
      const browser = await site.signInAs(await aPerson(site, { organisation, roles: ['member', role] }))
      const before = await all()
      const path = `/organisations/${organisation.slug}`
      for (const page of ['/organisations/new', `${path}/edit`]) await browser.get(page).expect(403)
      for (const page of ['/organisations', path, '/organisations/nowhere'])
        for (const given of [complete, {}]) await post(page, given, browser).expect(403)
      expect(linksOn((await browser.get(path).expect(200)).text)).to.not.include(`${path}/edit`)
      expect(await all()).to.deep.equal(before)
    })
  }

  it('are not changed by visitors or forms of other sites, nor by looking', async () => {
    const path = await add({ name: 'Untouched' })
    const before = await all()
    await post(path, complete, site.visitor()).expect(302)
    await post(path, complete).set('Sec-Fetch-Site', 'cross-site').expect(403)
    for (const page of [path, `${path}/edit`, '/organisations', '/organisations/new'])
      await keeper.get(`${page}?name=X&type=fire`).expect(200)
    await member.get('/organisations/nowhere').expect(404)
    await post('/organisations/nowhere', complete).expect(404)
    expect(await all()).to.deep.equal(before)
  })

  for (const [what, given, problems] of [
    ['no name', { name: ' ' }, { name: 'Enter the name of the organisation' }],
    ['a long name', { name: 'x'.repeat(201) }, { name: 'Use 200 characters or fewer' }],
    ['a kind that there is none', { type: 'circus' }, { type: 'Choose what kind of organisation it is' }],
    ['a part that there is none', { status: 'maybe' }, { status: 'Choose whether it takes part' }],
    [
      'an address for a domain',
      { domains: 'a.example, ada@b.example' },
      { domains: 'Write domains such as cheshire.example, with commas between' },
    ],
    [
      'too many domains',
      { domains: Array.from({ length: 51 }, (_, at) => `d${at}.example`).join(' ') },
      { domains: 'Use 50 domains or fewer' },
    ],
  ] as const) {
    it(`are refused with ${what}: what was typed is still there, and nothing is saved`, async () => {
      const before = await all()
      const typed: Record<string, string> = { ...complete, name: 'Typed', ...given }
      const again = await post('/organisations', typed).expect(422)
      expect(problemsOn(again.text)).to.deep.equal(problems)
      for (const field of ['name', 'domains']) expect(formOn(again.text)[field]).to.equal(typed[field])
      if (!('type' in given)) expect(formOn(again.text).type).to.equal('fire')
      expect(await all()).to.deep.equal(before)
    })
  }

  it('keep their address when they are renamed, and everything that names them follows', async () => {
    const path = await add({ name: 'Old Name' })
    const organisation = (await all()).find(({ name }) => name === 'Old Name') as Organisation
    const person = await aPerson(site, { organisation })
    const form = formOn((await keeper.get(`${path}/edit`).expect(200)).text)
    expect(form).to.deep.equal({ ...complete, name: 'Old Name', domains: 'mersey.example, fire.example' })
    await post(path, { ...form, name: 'Zephyr Rescue' })
      .expect(303)
      .expect('Location', path)
    expect((await member.get(`/people/${person.slug}`)).text)
      .to.include('Zephyr Rescue')
      .and.not.include('Old Name')
    await site.services.indexer.settled()
    expect(linksOn((await member.get('/search?q=organisation:zephyr&type=person')).text)).to.include(`/people/${person.slug}`)
  })

  it('of one name get addresses of their own, also one that is called New', async () => {
    expect(await add({ name: 'Twin' })).to.equal('/organisations/twin')
    expect(await add({ name: 'Twin' })).to.match(/^\/organisations\/twin-[0-9a-f]{6}$/)
    expect(headingOf((await keeper.get(await add({ name: 'New' })).expect(200)).text)).to.equal('New')
  })

  it('that have left say so', async () => {
    const path = await add({ name: 'Gone Council', status: 'left' })
    expect((await member.get(path).expect(200)).text).to.include('has left the partnership')
    expect((await member.get('/organisations').expect(200)).text).to.include('has left')
  })
})
