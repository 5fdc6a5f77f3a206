import { expect } from 'chai'
import { load } from 'cheerio'
import type { Person } from '../../../server/people/personModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { type Browser, startTestSite, type TestSite, testPassword } from '../../support/testSite.ts'

const day = 24 * 60 * 60 * 1_000

describe('links for choosing a password', () => {
  let site: TestSite
  let clock: MovableClock
  let administrator: Person
  let browser: Browser
  let adaEmail: string

  before(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
  })
  after(() => site.close())

  beforeEach(async () => {
    adaEmail = `${newId()}@example.org`
    administrator = await aPerson(site, { roles: ['member', 'organisation administrator'] })
    browser = await site.signInAs(administrator)
  })

  const post = (path: string, given: object = {}, by = browser) => by.post(path).type('form').send(given)
  const linkIn = (text: string) => new URL(load(text)('.govuk-inset-text').text().trim()).pathname
  const colleague = () => aPerson(site, { organisationId: administrator.organisationId })
  const resetLink = async ({ slug }: Person) => linkIn((await post(`/admin/people/${slug}/link`).expect(200)).text)

  it('invite somebody: shown once to the administrator, they choose a password and are signed in', async () => {
    const form = {
      name: 'Ada Newman',
      email: adaEmail.toUpperCase(),
      role: 'Analyst',
      organisationId: administrator.organisationId,
      roles: 'editor',
    }
    const shown = await post('/admin/people', form).expect(200)
    expect(shown.text).to.include('Ada Newman').and.include('never again')
    const link = linkIn(shown.text)
    const visitor = site.visitor()
    const page = await visitor.get(link).expect(200)
    expect(page.text).to.include('Ada Newman').and.include(adaEmail)
    await post(link, { password: 'maple quarry tiller' }, visitor).expect(303).expect('Location', '/')
    expect((await visitor.get('/account').expect(200)).text).to.include('member, editor')
    await site.visitor().post('/sign-in').type('form').send({ email: adaEmail, password: 'maple quarry tiller' }).expect(303)
    expect((await browser.get('/admin/people').expect(200)).text).to.not.include(link)
  })

  it('cannot be used for signing in before a password is chosen', async () => {
    await post('/admin/people', { name: 'Ada Newman', email: adaEmail, organisationId: administrator.organisationId }).expect(200)
    await site.visitor().post('/sign-in').type('form').send({ email: adaEmail, password: testPassword }).expect(422)
  })

  it('invite an author who has a profile but no account', async () => {
    const author = await site.services.people.create({ name: 'Alan Perlis', organisationId: administrator.organisationId })
    expect((await browser.get(`/admin/people/${author.slug}`).expect(200)).text).to.include('No account')
    await post(`/admin/people/${author.slug}/account`, { email: 'nonsense' }).expect(422)
    const link = linkIn((await post(`/admin/people/${author.slug}/account`, { email: adaEmail }).expect(200)).text)
    await post(link, { password: 'maple quarry tiller' }, site.visitor()).expect(303)
    await post(`/admin/people/${author.slug}/account`, { email: 'other@example.org' }).expect(409)
  })

  it('work once, also when two use one at the same moment', async () => {
    const person = await colleague()
    const link = await resetLink(person)
    const answers = await Promise.all(
      ['maple quarry tiller', 'copper lantern river'].map(password => post(link, { password }, site.visitor())),
    )
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 404])
    await site.visitor().get(link).expect(404)
    await post(link, { password: 'another three words' }, site.visitor()).expect(404)
  })

  it('are not used up by looking, nor by a password that is too weak', async () => {
    const person = await colleague()
    const link = await resetLink(person)
    await site.visitor().get(link).expect(200)
    const weak = await post(link, { password: 'short' }, site.visitor()).expect(422)
    expect(weak.text).to.include('12 characters or more').and.include(person.email)
    await post(link, { password: person.email }, site.visitor()).expect(422)
    await post(link, { password: 'maple quarry tiller' }, site.visitor()).expect(303)
  })

  it('end: a new password after a day, an invitation after a week', async () => {
    const link = await resetLink(await colleague())
    const form = { name: 'Ada Newman', email: adaEmail, organisationId: administrator.organisationId }
    const invitation = linkIn((await post('/admin/people', form).expect(200)).text)
    clock.move(day - 60_000)
    await site.visitor().get(link).expect(200)
    clock.move(2 * 60_000)
    await site.visitor().get(link).expect(404)
    await post(link, { password: 'maple quarry tiller' }, site.visitor()).expect(404)
    clock.move(6 * day - 10 * 60_000)
    await site.visitor().get(invitation).expect(200)
    clock.move(20 * 60_000)
    await site.visitor().get(invitation).expect(404)
    expect((await browser.get('/admin/people?name=newman').expect(200)).text).to.include('Invitation over')
  })

  it('stop working when a newer one is made', async () => {
    const person = await colleague()
    const older = await resetLink(person)
    const newer = await resetLink(person)
    await site.visitor().get(older).expect(404)
    await site.visitor().get(newer).expect(200)
  })

  it('end the sign-ins there were', async () => {
    const person = await colleague()
    const theirs = await site.signInAs(person)
    const link = await resetLink(person)
    await theirs.get('/account').expect(200)
    await post(link, { password: 'maple quarry tiller' }, site.visitor()).expect(303)
    await theirs.get('/account').expect(302)
    await site.visitor().post('/sign-in').type('form').send({ email: person.email, password: testPassword }).expect(422)
  })

  it('are kept as hashes', async () => {
    const link = await resetLink(await colleague())
    const kept = JSON.stringify(await site.services.models.accessLinks.find({}).lean())
    expect(kept).to.not.include(link.split('/').at(-1))
  })

  it('refuse an e-mail address that has an account, and keep what was typed', async () => {
    const { email } = await colleague()
    const people = await site.services.models.people.countDocuments({}).asSystem('nobody may be added')
    const again = await post('/admin/people', {
      name: 'Ada Newman',
      email,
      role: 'Analyst',
      organisationId: administrator.organisationId,
    }).expect(422)
    expect(again.text)
      .to.include('There is an account with this e-mail address already')
      .and.include('value="Ada Newman"')
      .and.include('value="Analyst"')
    expect(await site.services.models.people.countDocuments({}).asSystem('nobody may be added')).to.equal(people)
  })

  it('invite to no other organisation and to no role that the administrator may not give', async () => {
    const other = await anOrganisation(site)
    const form = { name: 'Ada Newman', email: adaEmail }
    await post('/admin/people', { ...form, organisationId: other._id }).expect(403)
    await post('/admin/people', { ...form, organisationId: administrator.organisationId, roles: 'partnership administrator' }).expect(403)
    await post('/admin/people', { ...form, organisationId: administrator.organisationId, roles: ['editor', 'emperor'] }).expect(422)
    const page = await browser.get('/admin/people/new').expect(200)
    expect(page.text).to.not.include(other.name).and.not.include('value="partnership administrator"')
  })
})
