import { expect } from 'chai'
import { aPerson } from '../../support/builders.ts'
import { startTestSite, type TestSite, testPassword } from '../../support/testSite.ts'

describe('the own account', () => {
  let site: TestSite

  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  it('changes its password: other sign-ins end, this one goes on under a new id', async () => {
    const person = await aPerson(site)
    const [here, elsewhere] = [await site.signInAs(person), await site.signInAs(person)]
    const answer = await here
      .post('/account/password')
      .type('form')
      .send({ current: testPassword, password: 'maple quarry tiller' })
      .expect(303)
    expect(answer.headers['set-cookie']?.[0]).to.match(/^skillpool=s%3A/)
    expect((await here.get('/account').expect(200)).text).to.include('All your other sign-ins have ended')
    expect((await here.get('/account').expect(200)).text).to.not.include('All your other sign-ins have ended')
    await elsewhere.get('/account').expect(302)
    const signIn = (password: string) => site.visitor().post('/sign-in').type('form').send({ email: person.email, password })
    await signIn(testPassword).expect(422)
    await signIn('maple quarry tiller').expect(303)
  })

  it('refuses a wrong current password, a weak new one, and shows neither again', async () => {
    const person = await aPerson(site)
    const browser = await site.signInAs(person)
    const change = (given: object) => browser.post('/account/password').type('form').send(given)
    const wrong = await change({ current: 'not my password', password: 'maple quarry tiller' }).expect(422)
    expect(wrong.text).to.include('The current password is not right').and.not.include('not my password').and.not.include('maple quarry')
    expect(wrong.text).to.match(/<a href="#current">/)
    await change({ current: testPassword, password: 'short' })
      .expect(422)
      .expect(/12 characters or more/)
    await change({ current: testPassword, password: person.email })
      .expect(422)
      .expect(/not your e-mail address/)
    await change({}).expect(422)
    await change({ current: ['a', 'b'], password: { a: 'b' } }).expect(422)
    await browser.get('/account').expect(200)
  })

  it('is asked for anew with each request: a person who left is out', async () => {
    const person = await aPerson(site)
    const browser = await site.signInAs(person)
    await browser.get('/account').expect(200)
    await site.services.storage.connection.collection('people').updateOne({ slug: person.slug }, { $set: { status: 'left' } })
    await browser.get('/account').expect(302)
    await site.visitor().post('/sign-in').type('form').send({ email: person.email, password: testPassword }).expect(422)
  })
})
