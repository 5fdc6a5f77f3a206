import { expect } from 'chai'
import type { Role } from '../../../server/access/roles.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite, testPassword } from '../../support/testSite.ts'

describe('keeping accounts', () => {
  let site: TestSite
  let own: Organisation
  let other: Organisation

  before(async () => {
    site = await startTestSite()
    await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey' })
    own = await anOrganisation(site, { name: 'Cheshire' })
    other = await anOrganisation(site, { name: 'Wirral' })
  })
  after(() => site.close())

  const somebody = (organisation: Organisation, ...roles: Role[]) => aPerson(site, { organisation, roles: ['member', ...roles] })
  const signInAs = async (organisation: Organisation, ...roles: Role[]) => site.signInAs(await somebody(organisation, ...roles))
  const post = (browser: Browser, path: string, given: object = {}) => browser.post(path).type('form').send(given)

  describe('suspending', () => {
    it('ends what somebody does with their next request, and signing in; resuming gives back only the latter', async () => {
      const browser = await signInAs(own, 'organisation administrator')
      const person = await somebody(own)
      const theirs = await site.signInAs(person)
      await theirs.get('/account').expect(200)
      await post(browser, `/admin/people/${person.slug}/suspend`).expect(303)
      await theirs.get('/account').expect(302)
      const signIn = { email: person.email, password: testPassword }
      const refused = await post(site.visitor(), '/sign-in', signIn).expect(422)
      expect(refused.text).to.include('Your account is suspended')
      await post(site.visitor(), '/sign-in', { ...signIn, password: 'wrong one' })
        .expect(422)
        .expect(/is not right/)
      await post(browser, `/admin/people/${person.slug}/resume`).expect(303)
      await theirs.get('/account').expect(302)
      await post(site.visitor(), '/sign-in', signIn).expect(303)
    })

    it('holds against a request under way that writes its sign-in back', async () => {
      const browser = await signInAs(own, 'organisation administrator')
      const person = await somebody(own)
      const theirs = await site.signInAs(person)
      const signIns = site.services.models.signIns.collection
      const kept = (await signIns.findOne({ 'session.passport.user.personId': person._id })) as { _id: never }
      await post(browser, `/admin/people/${person.slug}/suspend`).expect(303)
      expect(await signIns.countDocuments({ 'session.passport.user.personId': person._id })).to.equal(0)
      await signIns.insertOne({ ...kept })
      await theirs.get('/account').expect(302)
      await post(browser, `/admin/people/${person.slug}/resume`).expect(303)
      await signIns.replaceOne({ _id: kept._id }, { ...kept })
      await theirs.get('/account').expect(302)
    })

    it('ends links that were passed on', async () => {
      const browser = await signInAs(own, 'organisation administrator')
      const person = await somebody(own)
      const [, path = ''] = /(\/links\/[\w-]+)/.exec((await post(browser, `/admin/people/${person.slug}/link`)).text) ?? []
      await site.visitor().get(path).expect(200)
      await post(browser, `/admin/people/${person.slug}/suspend`).expect(303)
      await site.visitor().get(path).expect(404)
      await post(browser, `/admin/people/${person.slug}/link`).expect(409)
      await post(browser, `/admin/people/${person.slug}/resume`).expect(303)
      await site.visitor().get(path).expect(404)
    })

    it('is not for oneself', async () => {
      const administrator = await somebody(own, 'organisation administrator')
      const browser = await site.signInAs(administrator)
      await post(browser, `/admin/people/${administrator.slug}/suspend`).expect(409)
      expect((await browser.get(`/admin/people/${administrator.slug}`).expect(200)).text).to.not.include('/suspend')
    })
  })

  for (const [who, organisation, roles] of [
    ['somebody of another organisation', () => other, []],
    ['an administrator of another organisation', () => other, ['organisation administrator']],
    ['an administrator of the partnership in the own organisation', () => own, ['partnership administrator']],
  ] as const) {
    it(`is not for an organisation's administrator with ${who}: they are not even found`, async () => {
      const browser = await signInAs(own, 'organisation administrator')
      const person = await somebody(organisation(), ...roles)
      await browser.get(`/admin/people/${person.slug}`).expect(404)
      for (const deed of ['suspend', 'resume', 'link']) await post(browser, `/admin/people/${person.slug}/${deed}`).expect(404)
      await post(browser, `/admin/people/${person.slug}/roles`, { roles: 'editor' }).expect(404)
      await post(browser, `/admin/people/${person.slug}/account`, { email: 'mine@example.org' }).expect(404)
      await site.signInAs(person)
    })
  }

  it('is for administrators of the partnership everywhere', async () => {
    const browser = await signInAs(own, 'partnership administrator')
    const person = await somebody(other, 'partnership administrator')
    await post(browser, `/admin/people/${person.slug}/suspend`).expect(303)
    await post(site.visitor(), '/sign-in', { email: person.email, password: testPassword }).expect(422)
  })

  for (const role of ['member', 'editor', 'coordinator'] as const) {
    it(`is not for ${role === 'editor' ? 'an' : 'a'} ${role}, who sees no link to it either`, async () => {
      const browser = await signInAs(own, role)
      const person = await somebody(own)
      await post(browser, `/admin/people/${person.slug}/suspend`).expect(403)
      for (const path of ['/admin', '/admin/people', '/admin/people/new', `/admin/people/${person.slug}`])
        await browser.get(path).expect(403)
      const account = await browser.get('/account').expect(200)
      expect(account.text).to.not.include('href="/admin"')
    })
  }

  it('is for nobody who is not signed in', async () => {
    const person = await somebody(own)
    await post(site.visitor(), `/admin/people/${person.slug}/suspend`).expect(302)
    await site.signInAs(person)
  })

  it('is refused when another site sends the form', async () => {
    const browser = await signInAs(own, 'organisation administrator')
    const person = await somebody(own)
    await post(browser, `/admin/people/${person.slug}/suspend`).set('Sec-Fetch-Site', 'cross-site').expect(403)
    await site.signInAs(person)
  })

  it('lists the people of the own organisation, or all, in pages, by words of their names', async () => {
    await aPerson(site, { name: 'Zoe Quimby', organisation: own })
    await aPerson(site, { name: 'Zoe Elsewhere', organisation: other })
    const ofOrganisation = await signInAs(own, 'organisation administrator')
    const found = await ofOrganisation.get('/admin/people?name=zoe').expect(200)
    expect(found.text).to.include('Zoe Quimby').and.not.include('Zoe Elsewhere')
    const ofPartnership = await signInAs(own, 'partnership administrator')
    const all = await ofPartnership.get('/admin/people?name=ZO%C3%89').expect(200)
    expect(all.text).to.include('Zoe Quimby').and.include('Zoe Elsewhere').and.include('Can sign in')
    for (const nonsense of [
      'name=nobody',
      'page=-1',
      'page=99',
      'name=a&name=b',
      'name[x]=1',
      'page[]=2',
      `name=${'long '.repeat(500)}`,
      'name=%00',
    ]) {
      await ofPartnership.get(`/admin/people?${nonsense}`).expect(200)
    }
  })

  it('gives and takes roles, which work with the next request', async () => {
    const browser = await signInAs(own, 'organisation administrator')
    const person = await somebody(own)
    const theirs = await site.signInAs(person)
    await theirs.get('/admin/people').expect(403)
    await post(browser, `/admin/people/${person.slug}/roles`, { roles: ['editor', 'organisation administrator'] }).expect(303)
    await theirs.get('/admin/people').expect(200)
    await post(browser, `/admin/people/${person.slug}/roles`).expect(303)
    await theirs.get('/admin/people').expect(403)
    await post(browser, `/admin/people/${person.slug}/roles`, { roles: 'partnership administrator' }).expect(403)
    await post(browser, `/admin/people/${person.slug}/roles`, { roles: 'emperor' }).expect(422)
  })

  it('leaves an administrator their own role', async () => {
    const administrator = await somebody(own, 'partnership administrator')
    const browser = await site.signInAs(administrator)
    await post(browser, `/admin/people/${administrator.slug}/roles`, { roles: 'editor' }).expect(409)
    await browser.get('/admin/people').expect(200)
  })

  it('shows administrators of an organisation only the pages they may open', async () => {
    const page = await (await signInAs(own, 'organisation administrator')).get('/admin').expect(200)
    expect(page.text).to.include('href="/admin/people"')
    for (const { href } of site.services.administratorPages)
      if (page.text.includes(`href="${href}"`)) await (await signInAs(own, 'organisation administrator')).get(href).expect(200)
  })
})
