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
  const pathOf = (section: string, person: Person = ada) => `${path(person)}/edit/${section}`
  const formFor = async (section: string, by = browser) => formOn((await by.get(pathOf(section)).expect(200)).text, pathOf(section))
  /** Fills in one form of the profile, as it stands but for what is given. */
  const save = async (section: string, given: object, by = browser) =>
    post(pathOf(section), { ...(await formFor(section, by)), ...given }, by)

  describe('the list', () => {
    it('goes by name, in pages, for one organisation or all', async () => {
      const many = await anOrganisation(site, { name: 'Many', slug: 'many' })
      for (let at = 0; at < 23; at++) await aPerson(site, { name: `Clone ${String.fromCharCode(65 + at)}`, organisation: many })
      const names = async (query: string) => {
        const page = await browser.get(`/people?${query}`).expect(200)
        return load(page.text)('main li h3')
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
    it('saves what was typed, part by part, and shows it', async () => {
      const saved = await save('name', { name: '  Ada   Lovelace ', role: 'Analyst' })
      expect([saved.status, saved.headers.location]).to.deep.equal([303, path(ada)])
      await save('about', { about: 'First.\r\n\r\nSecond & <b>last</b>.' })
      await save('contact', { email: 'ada@example.org', phone: '+44 151 000', workingPattern: 'Mondays' })
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
      await save('contact', { email: '', phone: '', workingPattern: '' })
      expect(await kept(ada)).to.not.have.any.keys('email', 'phone', 'workingPattern')
      expect(await kept(ada)).to.include({ name: 'Ada Lovelace', role: 'Analyst' })
    })

    it('begins at a page that shows each part as it is, with the way to its form', async () => {
      await save('about', { about: `I mend things. ${'And more. '.repeat(50)}` })
      const page = (await browser.get(`${path(ada)}/edit`).expect(200)).text
      const ways = ['edit/photo', 'edit/name', 'edit/about', 'edit/contact', 'skills', 'edit/requests', 'absence']
      expect(linksOn(page)).to.deep.equal([path(ada), ...ways.map(way => `${path(ada)}/${way}`)])
      expect(page).to.include('I mend things.').and.include(' And…').and.include('Nothing yet')
      for (const way of ways) {
        await browser.get(`${path(ada)}/${way}`).expect(200)
        if (!['edit/name', 'edit/requests'].includes(way))
          expect(linksOn((await browser.get(path(ada))).text)).to.include(`${path(ada)}/${way}`)
      }
    })

    it('keeps the address when the name changes, and gives the same name an address of its own', async () => {
      const first = await site.services.people.create({ name: 'New Name', organisationId: own._id })
      const second = await site.services.people.create({ name: 'New Name', organisationId: own._id })
      expect([first.slug, second.slug]).to.satisfy(([one, two]: string[]) => one === 'new-name' && /^new-name-[0-9a-f]{6}$/.test(two ?? ''))
      const saved = await save('name', { name: 'New Name' })
      expect([saved.status, saved.headers.location]).to.deep.equal([303, path(ada)])
      await site.services.indexer.settled()
      expect(linksOn((await browser.get('/search?q=new+name&type=person')).text)).to.include(path(ada))
    })

    for (const [what, section, given, problems] of [
      ['no name', 'name', { name: ' ', role: 'Typed just now' }, { name: 'Enter the name' }],
      ['no role', 'name', { name: 'Typed just now', role: '' }, { role: 'Enter the role, such as Infrastructure lead' }],
      ['a long name', 'name', { name: 'x'.repeat(201) }, { name: 'Use 200 characters or fewer' }],
      ['a long about', 'about', { about: 'x'.repeat(5_001) }, { about: 'Use 5,000 characters or fewer' }],
      [
        'an address that is none',
        'contact',
        { email: 'ada at home', workingPattern: 'Typed just now' },
        { email: 'Enter an e-mail address such as name@example.org' },
      ],
      ['a long phone number', 'contact', { phone: '1'.repeat(51) }, { phone: 'Use 50 characters or fewer' }],
      [
        'two at once',
        'contact',
        { email: 'x', phone: '1'.repeat(51) },
        { email: 'Enter an e-mail address such as name@example.org', phone: 'Use 50 characters or fewer' },
      ],
    ] as const) {
      it(`refuses ${what}, with what was typed still there`, async () => {
        const before = await kept(ada)
        const typed = { ...(await formFor(section)), ...given }
        const again = await post(pathOf(section), typed).expect(422)
        expect(problemsOn(again.text)).to.deep.equal(problems)
        expect(formOn(again.text, pathOf(section))).to.deep.equal(typed)
        expect((await kept(ada)).rev).to.equal(before.rev)
      })
    }

    it('two at once: the second loses nothing, and can save after a look', async () => {
      const administrator = await signInAs(own, 'organisation administrator')
      const [mine, theirs] = [await formFor('about'), await formFor('about', administrator)]
      await post(pathOf('about'), { ...mine, about: 'Mine' }).expect(303)
      const refused = await post(pathOf('about'), { ...theirs, about: 'Theirs' }, administrator).expect(409)
      expect(problemsOn(refused.text).form).to.include('Somebody else changed this part of the profile while you had it open')
      expect((await kept(ada)).about).to.equal('Mine')
      const form = formOn(refused.text, pathOf('about'))
      expect(form.about).to.equal('Theirs')
      await post(pathOf('about'), form, administrator).expect(303)
      expect((await kept(ada)).about).to.equal('Theirs')
    })

    it('two at once in two parts: both are saved, and what was pressed twice is saved once', async () => {
      const administrator = await signInAs(own, 'organisation administrator')
      const [about, contact] = [await formFor('about'), await formFor('contact', administrator)]
      const answers = await Promise.all([
        post(pathOf('about'), { ...about, about: 'Mine' }),
        post(pathOf('about'), { ...about, about: 'Mine' }),
        post(pathOf('contact'), { ...contact, phone: '01606 1' }, administrator),
      ])
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303])
      expect(await kept(ada)).to.include({ about: 'Mine', phone: '01606 1' })
    })

    it('of an absence compares the absence alone', async () => {
      const address = `${path(ada)}/absence`
      const opened = formOn((await browser.get(address).expect(200)).text, address)
      await save('about', { about: 'Changed meanwhile' })
      await post(address, { ...opened, from: '2031-05-01', until: '2031-05-03', note: 'First' }).expect(303)
      const refused = await post(address, { ...opened, from: '2031-06-01', until: '2031-06-03', note: 'Second' }).expect(409)
      const again = formOn(refused.text, address)
      expect(again).to.include({ from: '2031-06-01', note: 'Second' })
      expect((await kept(ada)).absence).to.include({ from: '2031-05-01' })
      await post(address, again).expect(303)
      expect((await kept(ada)).absence).to.include({ from: '2031-06-01' })
    })

    it('is not stopped by a skill that was declared meanwhile', async () => {
      await aSkill(site, { name: 'Weaving' })
      const form = await formFor('about')
      await post(`${path(ada)}/skills`, { skill: 'weaving', level: 'expert' }).expect(303)
      await post(pathOf('about'), { ...form, about: 'Weaver' }).expect(303)
      expect(await kept(ada)).to.deep.include({ about: 'Weaver' })
      expect((await kept(ada)).skills).to.have.length(1)
    })

    it('is refused when another site sends the form', async () => {
      const form = await formFor('about')
      await post(pathOf('about'), { ...form, about: 'Elsewhere' })
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
        const form = await formFor('about')
        const links = linksOn((await by.get(path(ada)).expect(200)).text)
        for (const page of ['/edit', '/edit/about', '/edit/contact', '/edit/photo', '/skills', '/absence']) {
          expect(links.includes(`${path(ada)}${page}`), page).to.equal(may)
          await by.get(`${path(ada)}${page}`).expect(may ? 200 : 403)
        }
        const refused = may ? 303 : 403
        await post(pathOf('about'), { ...form, about: 'Changed' }, by).expect(refused)
        await post(`${path(ada)}/skills`, { skill: `Skill of ${who}`, level: 'expert' }, by).expect(refused)
        await post(`${path(ada)}/skills/vmware/delete`, {}, by).expect(refused)
        const after = await kept(ada)
        expect([after.about, after.skills.length]).to.deep.equal(may ? ['Changed', 1] : ['', 0])
        for (const deed of ['/edit/about', '/edit/teams', '/edit/photo', '/edit/photo/delete', '/skills'])
          await post(`/people/nobody${deed}`, { ...form, skill: 'x', level: 'expert' }, by).expect(404)
      })
    }

    it('visitors change nothing', async () => {
      for (const deed of ['/edit/name', '/edit/photo', '/skills'])
        await post(`${path(ada)}${deed}`, { name: 'X', role: 'X' }, site.visitor()).expect(302)
      expect((await kept(ada)).rev).to.equal(1)
    })
  })

  describe('teams', () => {
    it('are given by administrators: nobody joins one, and reads what is kept to it, alone', async () => {
      const team = await aTeam(site, own, { name: 'Secret keepers' })
      const foreign = await aTeam(site, other)
      expect(linksOn((await browser.get(`${path(ada)}/edit`)).text)).to.not.include(pathOf('teams'))
      await browser.get(pathOf('teams')).expect(403)
      await post(pathOf('teams'), { teams: team.slug }).expect(403)
      expect((await kept(ada)).teamIds).to.deep.equal([])
      const administrator = await signInAs(own, 'organisation administrator')
      await save('teams', { teams: [team.slug, foreign.slug] }, administrator)
      expect((await kept(ada)).teamIds).to.deep.equal([team._id])
      expect(linksOn((await browser.get(`/teams/${team.slug}`)).text)).to.include(path(ada))
      await save('about', { about: 'Still in it' })
      expect((await kept(ada)).teamIds).to.deep.equal([team._id])
    })

    it('that were changed meanwhile are not taken back unseen', async () => {
      const administrator = await signInAs(own, 'organisation administrator')
      const team = await aTeam(site, own)
      const opened = await formFor('teams', administrator)
      await save('teams', { teams: team.slug }, administrator)
      await post(pathOf('teams'), { ...opened, teams: [] }, administrator).expect(409)
      expect((await kept(ada)).teamIds).to.deep.equal([team._id])
    })
  })

  describe('roles', () => {
    const rolesPath = (person: Person = ada) => `/admin/people/${person.slug}`
    const give = (roles: string | string[], by: Browser, person: Person = ada) => post(`${rolesPath(person)}/roles`, { roles }, by)

    it('are shown to those who give them, on the page of the account', async () => {
      expect(linksOn((await browser.get(`${path(ada)}/edit`)).text)).to.not.include(rolesPath())
      const administrator = await signInAs(own, 'organisation administrator')
      expect(linksOn((await administrator.get(`${path(ada)}/edit`)).text)).to.include(rolesPath())
      await give(['editor', 'coordinator'], administrator).expect(303)
      const page = (await administrator.get(rolesPath()).expect(200)).text
      expect(formOn(page, `${rolesPath()}/roles`)).to.deep.equal({ roles: ['editor', 'coordinator'] })
      expect(page).to.not.include('value="partnership administrator"')
    })

    it('of a partnership administrator are not for somebody of the organisation', async () => {
      const person = await somebody(own, 'partnership administrator')
      const administrator = await signInAs(own, 'organisation administrator')
      await give('editor', administrator, person).expect(404)
      expect((await kept(person)).roles).to.have.members(['member', 'partnership administrator'])
      await give('partnership administrator', administrator).expect(403)
      expect((await kept(ada)).roles).to.deep.equal(['member'])
    })

    it('nobody gives themselves one, and no administrator loses their own', async () => {
      await give('organisation administrator', browser).expect(403)
      const administrator = await somebody(own, 'organisation administrator')
      const refused = await give('editor', await site.signInAs(administrator), administrator).expect(409)
      expect(problemsOn(refused.text).form).to.include('You cannot take your own role as an administrator away')
      expect((await kept(administrator)).roles).to.include('organisation administrator')
    })

    it('that there are none of are refused', async () => {
      const refused = await give(['editor', 'emperor'], await signInAs(own, 'organisation administrator')).expect(422)
      expect(problemsOn(refused.text)).to.deep.equal({ roles: 'Choose only from the list' })
      expect((await kept(ada)).roles).to.deep.equal(['member'])
    })
  })

  it('change nothing when they are only opened', async () => {
    for (const page of ['', '/edit', '/edit/name', '/edit/photo', '/photo', '/skills', '/skills/vmware/delete'])
      await browser.get(`${path(ada)}${page}?name=x&about=x`)
    expect((await kept(ada)).rev).to.equal(1)
  })
})
