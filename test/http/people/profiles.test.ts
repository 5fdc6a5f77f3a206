import { expect } from 'chai'
import { load } from 'cheerio'
import type { Role } from '../../../server/access/roles.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Somebody = Person & { email: string }

describe('profiles', () => {
  let site: TestSite
  let own: Organisation
  let other: Organisation
  let ada: Somebody
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    other = await anOrganisation(site, { name: 'Wirral', slug: 'wirral' })
  })
  after(() => site.close())

  beforeEach(async () => {
    ada = await somebody(own)
    browser = await site.signInAs(ada)
  })

  const somebody = (organisation: Organisation, ...roles: Role[]) => aPerson(site, { organisation, roles: ['member', ...roles] })
  const signInAs = async (organisation: Organisation, ...roles: Role[]) => site.signInAs(await somebody(organisation, ...roles))
  const post = (path: string, given: object, by = browser) => by.post(path).type('form').send(given)
  const kept = ({ _id }: Person) => site.services.people.byId(_id) as Promise<Person>
  const path = ({ slug }: Person) => `/people/${slug}`
  const profileForm = async (person: Person, by = browser) => formOn((await by.get(`${path(person)}/edit`).expect(200)).text, path(person))

  describe('the list', () => {
    it('goes by name, in pages, for one organisation or all', async () => {
      const many = await anOrganisation(site, { name: 'Many', slug: 'many' })
      for (let at = 0; at < 23; at++) await aPerson(site, { name: `Clone ${String.fromCharCode(65 + at)}`, organisation: many })
      const names = async (query: string) => {
        const page = await browser.get(`/people?${query}`).expect(200)
        return load(page.text)('main li h2')
          .toArray()
          .map(heading => load(heading).text().trim())
      }
      const all = Array.from({ length: 23 }, (_, at) => `Clone ${String.fromCharCode(65 + at)}`)
      expect(await names('organisation=many')).to.deep.equal(all.slice(0, 20))
      expect(await names('organisation=many&page=2')).to.deep.equal(all.slice(20))
      expect((await browser.get('/people?organisation=many')).text)
        .to.include('23 people')
        .and.include('People of Many')
      for (const nonsense of ['page=-1', 'page=x', 'organisation=nowhere', 'organisation=many&organisation=wirral', 'organisation=%00'])
        await browser.get(`/people?${nonsense}`).expect(200)
      expect(linksOn((await browser.get('/people?organisation=wirral')).text)).to.not.include(path(ada))
    })

    it('is for people who are signed in', async () => {
      for (const page of ['/people', path(ada), `${path(ada)}/edit`, `${path(ada)}/skills`])
        await site
          .visitor()
          .get(page)
          .expect(302)
          .expect('Location', `/sign-in?back=${encodeURIComponent(page)}`)
    })
  })

  describe('somebody suspended', () => {
    const everywhere = ['/people', '/people?organisation=cheshire', '/organisations/cheshire', '/search?q=vanisher&type=person']

    it('vanishes from lists, search and their own page, and is back when resumed; administrators find them all along', async () => {
      const person = await aPerson(site, { name: 'Aaron Vanisher', organisation: own })
      const administrator = await signInAs(own, 'organisation administrator')
      const ofPartnership = await signInAs(other, 'partnership administrator')
      const strangeAdministrator = await signInAs(other, 'organisation administrator')
      await site.services.indexer.settled()
      const sees = async (by: Browser) => {
        const found: boolean[] = []
        for (const page of everywhere) found.push(linksOn((await by.get(page).expect(200)).text).includes(path(person)))
        return [...found, (await by.get(path(person))).status === 200]
      }
      const always = everywhere.map(() => true).concat(true)
      const never = always.map(() => false)
      expect(await sees(browser)).to.deep.equal(always)
      await post(`/admin/people/${person.slug}/suspend`, {}, administrator).expect(303)
      await site.services.indexer.settled()
      expect(await sees(browser)).to.deep.equal(never)
      expect(await sees(strangeAdministrator)).to.deep.equal(never)
      for (const by of [administrator, ofPartnership]) expect(await sees(by)).to.deep.equal(always)
      await post(`/admin/people/${person.slug}/resume`, {}, administrator).expect(303)
      await site.services.indexer.settled()
      expect(await sees(browser)).to.deep.equal(always)
    })

    it('who has left stays gone when resumed', async () => {
      const person = await aPerson(site, { organisation: own, status: 'left', readers: [] })
      await site.services.people.resume(person)
      await browser.get(path(person)).expect(404)
    })
  })

  describe('changing', () => {
    it('saves what was typed, and shows it', async () => {
      const form = await profileForm(ada)
      const typed = {
        name: '  Ada   Lovelace ',
        role: 'Analyst',
        about: 'First.\r\n\r\nSecond & <b>last</b>.',
        email: 'ada@example.org',
        phone: '+44 151 000',
        workingPattern: 'Mondays',
      }
      await post(path(ada), { ...form, ...typed })
        .expect(303)
        .expect('Location', path(ada))
      const page = (await browser.get(path(ada)).expect(200)).text
      expect(headingOf(page)).to.equal('Ada Lovelace')
      for (const text of [
        'The profile is saved.',
        'Analyst',
        '<p>First.</p>',
        '&lt;b&gt;last',
        'mailto:ada@example.org',
        'tel:+44151000',
        'Mondays',
      ])
        expect(page).to.include(text)
      await post(path(ada), { ...(await profileForm(ada)), email: '', phone: '', workingPattern: '' }).expect(303)
      expect(await kept(ada)).to.not.have.any.keys('email', 'phone', 'workingPattern')
    })

    it('keeps the address when the name changes, and gives the same name an address of its own', async () => {
      const first = await site.services.people.create({ name: 'New Name', organisationId: own._id })
      const second = await site.services.people.create({ name: 'New Name', organisationId: own._id })
      expect([first.slug, second.slug]).to.satisfy(([one, two]: string[]) => one === 'new-name' && /^new-name-[0-9a-f]{6}$/.test(two ?? ''))
      await post(path(ada), { ...(await profileForm(ada)), name: 'New Name' })
        .expect(303)
        .expect('Location', path(ada))
      await site.services.indexer.settled()
      expect(linksOn((await browser.get('/search?q=new+name&type=person')).text)).to.include(path(ada))
    })

    for (const [what, given, problems] of [
      ['no name', { name: ' ' }, { name: 'Enter the name' }],
      ['no role', { role: '' }, { role: 'Enter the role, such as Infrastructure lead' }],
      ['a long name', { name: 'x'.repeat(201) }, { name: 'Use 200 characters or fewer' }],
      ['a long about', { about: 'x'.repeat(5_001) }, { about: 'Use 5,000 characters or fewer' }],
      ['an address that is none', { email: 'ada at home' }, { email: 'Enter an e-mail address such as name@example.org' }],
      ['a long phone number', { phone: '1'.repeat(51) }, { phone: 'Use 50 characters or fewer' }],
      ['two at once', { name: '', email: 'x' }, { name: 'Enter the name', email: 'Enter an e-mail address such as name@example.org' }],
    ] as const) {
      it(`refuses ${what}, with what was typed still there`, async () => {
        const before = await kept(ada)
        const typed = { ...(await profileForm(ada)), workingPattern: 'Typed just now', ...given }
        const again = await post(path(ada), typed).expect(422)
        expect(problemsOn(again.text)).to.deep.equal(problems)
        expect(formOn(again.text, path(ada))).to.deep.equal(typed)
        expect((await kept(ada)).rev).to.equal(before.rev)
      })
    }

    it('two at once: the second loses nothing, and can save after a look', async () => {
      const administrator = await signInAs(own, 'organisation administrator')
      const [mine, theirs] = [await profileForm(ada), await profileForm(ada, administrator)]
      await post(path(ada), { ...mine, about: 'Mine' }).expect(303)
      const refused = await post(path(ada), { ...theirs, about: 'Theirs' }, administrator).expect(409)
      expect(problemsOn(refused.text).form).to.include('Somebody else changed this profile while you had it open')
      expect((await kept(ada)).about).to.equal('Mine')
      const form = formOn(refused.text, path(ada))
      expect(form.about).to.equal('Theirs')
      await post(path(ada), form, administrator).expect(303)
      expect((await kept(ada)).about).to.equal('Theirs')
    })

    it('is not stopped by a skill that was declared meanwhile', async () => {
      await aSkill(site, { name: 'Weaving' })
      const form = await profileForm(ada)
      await post(`${path(ada)}/skills`, { skill: 'weaving', level: 'expert' }).expect(303)
      await post(path(ada), { ...form, about: 'Weaver' }).expect(303)
      expect(await kept(ada)).to.deep.include({ about: 'Weaver' })
      expect((await kept(ada)).skills).to.have.length(1)
    })

    it('is refused when another site sends the form', async () => {
      const form = await profileForm(ada)
      await post(path(ada), { ...form, about: 'Elsewhere' })
        .set('Sec-Fetch-Site', 'cross-site')
        .expect(403)
      expect((await kept(ada)).about).to.equal('')
    })
  })

  describe('whose profile it is', () => {
    const changers: [string, () => Promise<Browser>, boolean][] = [
      ['a colleague', () => signInAs(own), false],
      ['an editor', () => signInAs(own, 'editor'), false],
      ['a coordinator', () => signInAs(own, 'coordinator'), false],
      ['an administrator of another organisation', () => signInAs(other, 'organisation administrator'), false],
      ['an administrator of the organisation', () => signInAs(own, 'organisation administrator'), true],
      ['an administrator of the partnership', () => signInAs(other, 'partnership administrator'), true],
    ]
    for (const [who, signIn, may] of changers) {
      it(`${who} ${may ? 'may change it' : 'sees it, and may not change it'}`, async () => {
        await aSkill(site, { name: `Skill of ${who}` })
        const by = await signIn()
        const form = await profileForm(ada)
        const links = linksOn((await by.get(path(ada)).expect(200)).text)
        for (const page of ['/edit', '/skills']) {
          expect(links.includes(`${path(ada)}${page}`), page).to.equal(may)
          await by.get(`${path(ada)}${page}`).expect(may ? 200 : 403)
        }
        const refused = may ? 303 : 403
        await post(path(ada), { ...form, about: 'Changed' }, by).expect(refused)
        await post(`${path(ada)}/skills`, { skill: `Skill of ${who}`, level: 'expert' }, by).expect(refused)
        await post(`${path(ada)}/skills/vmware/delete`, {}, by).expect(refused)
        await post(`${path(ada)}/roles`, { roles: 'editor' }, by).expect(refused)
        const after = await kept(ada)
        expect([after.about, after.skills.length, after.roles.length]).to.deep.equal(may ? ['Changed', 1, 2] : ['', 0, 1])
        for (const deed of ['', '/skills', '/roles'])
          await post(`/people/nobody${deed}`, { ...form, skill: 'x', level: 'expert' }, by).expect(404)
      })
    }

    it('visitors change nothing', async () => {
      for (const deed of ['', '/skills', '/roles']) await post(`${path(ada)}${deed}`, { name: 'X', role: 'X' }, site.visitor()).expect(302)
      expect((await kept(ada)).rev).to.equal(1)
    })
  })

  describe('teams', () => {
    it('are given by administrators: nobody joins one, and reads what is kept to it, alone', async () => {
      const team = await aTeam(site, own, { name: 'Secret keepers' })
      const foreign = await aTeam(site, other)
      expect((await browser.get(`${path(ada)}/edit`)).text).to.not.include('Secret keepers')
      await post(path(ada), { ...(await profileForm(ada)), teams: team.slug }).expect(303)
      expect((await kept(ada)).teamIds).to.deep.equal([])
      const administrator = await signInAs(own, 'organisation administrator')
      await post(path(ada), { ...(await profileForm(ada, administrator)), teams: [team.slug, foreign.slug] }, administrator).expect(303)
      expect((await kept(ada)).teamIds).to.deep.equal([team._id])
      expect(linksOn((await browser.get(`/teams/${team.slug}`)).text)).to.include(path(ada))
      await post(path(ada), { ...(await profileForm(ada)), about: 'Still in it' }).expect(303)
      expect((await kept(ada)).teamIds).to.deep.equal([team._id])
    })
  })

  describe('roles', () => {
    it('are shown to those who give them, with what they are now', async () => {
      expect((await browser.get(`${path(ada)}/edit`)).text).to.not.include('/roles"')
      const administrator = await signInAs(own, 'organisation administrator')
      await post(`${path(ada)}/roles`, { roles: ['editor', 'coordinator'] }, administrator).expect(303)
      const page = (await administrator.get(`${path(ada)}/edit`).expect(200)).text
      expect(formOn(page, `${path(ada)}/roles`)).to.deep.equal({ roles: ['editor', 'coordinator'] })
      expect(page).to.not.include('value="partnership administrator"')
    })

    it('of a partnership administrator stay when somebody of the organisation gives others', async () => {
      const person = await somebody(own, 'partnership administrator')
      const administrator = await signInAs(own, 'organisation administrator')
      await post(`${path(person)}/roles`, { roles: 'editor' }, administrator).expect(303)
      expect((await kept(person)).roles).to.have.members(['member', 'editor', 'partnership administrator'])
      await post(`${path(ada)}/roles`, { roles: 'partnership administrator' }, administrator).expect(403)
      expect((await kept(ada)).roles).to.deep.equal(['member'])
    })

    it('nobody gives themselves one, and no administrator loses their own', async () => {
      await post(`${path(ada)}/roles`, { roles: 'organisation administrator' }).expect(403)
      const administrator = await somebody(own, 'organisation administrator')
      const theirs = await site.signInAs(administrator)
      const refused = await post(`${path(administrator)}/roles`, { roles: 'editor' }, theirs).expect(409)
      expect(problemsOn(refused.text).form).to.include('You cannot take your own role as an administrator away')
      expect(formOn(refused.text, path(administrator)).name).to.equal(administrator.name)
      expect((await kept(administrator)).roles).to.include('organisation administrator')
    })

    it('that there are none of are refused, with the profile still in its form', async () => {
      const administrator = await signInAs(own, 'organisation administrator')
      const refused = await post(`${path(ada)}/roles`, { roles: ['editor', 'emperor'] }, administrator).expect(422)
      expect(problemsOn(refused.text)).to.deep.equal({ roles: 'Choose only from the list' })
      expect(formOn(refused.text, path(ada)).name).to.equal(ada.name)
      expect((await kept(ada)).roles).to.deep.equal(['member'])
    })
  })

  it('change nothing when they are only opened', async () => {
    for (const page of ['', '/edit', '/skills', '/roles', '/skills/vmware/delete'])
      await browser.get(`${path(ada)}${page}?name=x&roles=editor`)
    expect((await kept(ada)).rev).to.equal(1)
  })
})
