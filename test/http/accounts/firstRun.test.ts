import { expect } from 'chai'
import { hashOfToken } from '../../../server/accounts/secretToken.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const form = (token: string, given: Record<string, string> = {}) => ({
  token,
  partnershipName: 'Mersey ICT Partnership',
  organisationName: 'Cheshire County Council',
  name: 'Udo Pooch',
  email: 'Udo.Pooch@cheshire.example',
  password: 'three odd words here',
  ...given,
})

describe('the first run', () => {
  let site: TestSite
  let token: string

  beforeEach(async () => {
    site = await startTestSite()
    token = (await site.services.partnership.offerFirstRun()) as string
  })
  afterEach(() => site.close())

  const send = (given: object, browser = site.visitor()) => browser.post('/first-run').type('form').send(given)
  const count = (of: 'organisations' | 'people' | 'accounts') => site.services.storage.connection.collection(of).countDocuments()

  it('makes the partnership, its first organisation and its first administrator, who is signed in', async () => {
    const browser = site.visitor()
    const page = await browser.get(`/first-run?token=${token}`).expect(200)
    expect(page.text).to.include(`value="${token}"`)
    await send(form(token), browser).expect(303).expect('Location', '/admin/people')
    const people = await browser.get('/admin/people').expect(200)
    expect(people.text).to.include('Mersey ICT Partnership').and.include('Udo Pooch').and.include('Cheshire County Council')
    expect(people.text).to.include('udo.pooch@cheshire.example')
    await site
      .visitor()
      .post('/sign-in')
      .type('form')
      .send({ email: 'udo.pooch@cheshire.example', password: 'three odd words here' })
      .expect(303)
  })

  it('tells a visitor of an empty site where to find the address', async () => {
    await site.visitor().get('/').expect(302).expect('Location', '/first-run')
    const hint = await site.visitor().get('/first-run').expect(200)
    expect(hint.text).to.include('/first-run?token=')
    expect(hint.headers['set-cookie']).to.equal(undefined)
  })

  it('refuses a wrong token, and a page opened with one', async () => {
    await site.visitor().get('/first-run?token=wrong').expect(403)
    await send(form('wrong')).expect(403)
    await site.visitor().get(`/first-run?token=${token}&token=${token}`).expect(200)
    expect(await count('people')).to.equal(0)
  })

  it('happens once: afterwards the same token, and a newer one, are nothing', async () => {
    const other = (await site.services.partnership.offerFirstRun()) as string
    await send(form(token)).expect(303)
    await send(form(token, { email: 'second@cheshire.example' })).expect(409)
    await send(form(other, { email: 'second@cheshire.example' })).expect(409)
    await site.visitor().get(`/first-run?token=${other}`).expect(404)
    expect(await site.services.partnership.offerFirstRun()).to.equal(undefined)
    expect(await count('accounts')).to.equal(1)
  })

  it('keeps only hashes of the last five tokens, all of them valid, so that several processes can print one', async () => {
    const tokens = [token]
    for (let more = 0; more < 5; more++) tokens.push((await site.services.partnership.offerFirstRun()) as string)
    const setting = await site.services.models.settings.findById('first-run').lean()
    expect(setting?.tokenHashes).to.deep.equal(tokens.slice(1).map(hashOfToken))
    await site.visitor().get(`/first-run?token=${tokens[0]}`).expect(403)
    for (const valid of tokens.slice(1)) await site.visitor().get(`/first-run?token=${valid}`).expect(200)
  })

  it('lets one of several at once win', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(number => send(form(token, { email: `number${number}@cheshire.example` }))))
    expect(answers.map(answer => answer.status).sort()).to.deep.equal([303, 409, 409, 409])
    expect(await Promise.all([count('organisations'), count('people'), count('accounts')])).to.deep.equal([1, 1, 1])
  })

  it('is finished by the next start when it was interrupted after any of its steps', async () => {
    await send(form(token)).expect(303)
    const { models, partnership } = site.services
    const person = await models.people.findOne({}).asSystem('the only one').lean()
    const account = await models.accounts.findOne({}).lean()
    const firstRun = {
      organisationId: person?.organisationId,
      organisationName: 'Cheshire County Council',
      personId: person?._id,
      personName: 'Udo Pooch',
      email: account?.email,
      passwordHash: account?.passwordHash,
    }
    const missing = ['accounts', 'people', 'organisations'] as const
    for (const steps of [1, 2, 3]) {
      for (const collection of missing.slice(0, steps)) await site.services.storage.connection.collection(collection).deleteMany({})
      await models.settings.updateOne({ _id: 'partnership' }, { $set: { firstRun } })
      await partnership.load()
      expect(await Promise.all([count('organisations'), count('people'), count('accounts')])).to.deep.equal([1, 1, 1])
      await site.visitor().post('/sign-in').type('form').send({ email: account?.email, password: 'three odd words here' }).expect(303)
    }
    expect((await models.settings.findById('partnership').lean())?.firstRun).to.equal(undefined)
  })

  it('shows what is wrong beside the fields, with everything typed but the password', async () => {
    const answer = await send(form(token, { partnershipName: 'Mersey', organisationName: ' ', email: 'udo', password: 'short' })).expect(
      422,
    )
    for (const words of [
      'Enter the name of your organisation',
      'Enter an e-mail address in the right form',
      '12 characters or more',
      'value="Mersey"',
      'value="udo"',
      `value="${token}"`,
    ]) {
      expect(answer.text).to.include(words)
    }
    expect(answer.text).to.not.include('short"')
    await send(form(token, { password: 'Udo.Pooch@cheshire.example' })).expect(422)
    await send({ ...form(token), name: ['a', 'b'], email: ['a@b.example', 'c@d.example'] }).expect(422)
  })
})
