import { expect } from 'chai'
import supertest from 'supertest'
import { createApp } from '../../../server/app.ts'
import { aPerson } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite, testPassword } from '../../support/testSite.ts'

describe('signing in', () => {
  let site: TestSite
  let email: string

  before(async () => {
    site = await startTestSite()
    email = (await aPerson(site, { name: 'Maureen Ash' })).email
  })
  after(() => site.close())

  const send = (given: object, browser: Browser = site.visitor()) => browser.post('/sign-in').type('form').send(given)

  it('works with the e-mail address in any spelling, and leads to the page that was asked for', async () => {
    const browser = site.visitor()
    await browser.get('/account').expect(302).expect('Location', '/sign-in?back=%2Faccount')
    const page = await browser.get('/sign-in?back=%2Faccount').expect(200)
    expect(page.text).to.include('name="back" value="/account"')
    await send({ email: ` ${email.toUpperCase()} `, password: testPassword, back: '/account' }, browser)
      .expect(303)
      .expect('Location', '/account')
    const account = await browser.get('/account').expect(200)
    expect(account.text).to.include('Maureen Ash')
    await browser.get('/sign-in').expect(303).expect('Location', '/')
  })

  it('says the same whether the address or the password is wrong, keeps the address and never the password', async () => {
    const wrongPassword = await send({ email, password: 'not the password' }).expect(422)
    const unknown = await send({ email: 'nobody@example.org', password: 'not the password' }).expect(422)
    for (const { text } of [wrongPassword, unknown]) {
      expect(text).to.include('The e-mail address or the password is not right').and.not.include('not the password')
    }
    expect(wrongPassword.text).to.include(`value="${email}"`)
    expect(wrongPassword.text.replaceAll(email, '')).to.equal(unknown.text.replaceAll('nobody@example.org', ''))
  })

  it('sets a cookie that scripts and other sites do not get, and none before', async () => {
    const browser = site.visitor()
    for (const path of ['/sign-in', '/', '/nowhere', '/health/live'])
      expect((await browser.get(path)).headers['set-cookie'], path).to.equal(undefined)
    expect((await send({ email, password: 'wrong one' }, browser)).headers['set-cookie']).to.equal(undefined)
    const [cookie, ...others] = cookiesOf(await send({ email, password: testPassword }, browser).expect(303))
    expect(others).to.deep.equal([])
    expect(cookie).to.match(/^skillpool=s%3A[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('keeps the cookie to https and this host where people come by https', async () => {
    const secure = await startTestSite({ environment: { PUBLIC_URL: 'https://skillpool.example' } })
    try {
      const person = await aPerson(secure)
      const answer = await secure.visitor().post('/sign-in').type('form').send({ email: person.email, password: testPassword }).expect(303)
      expect(cookiesOf(answer)[0]).to.match(/^__Host-skillpool=s%3A[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
      const [cookie = ''] = cookiesOf(answer)[0]?.split(';') ?? []
      await secure.visitor().get('/account').set('Cookie', cookie).expect(200)
    } finally {
      await secure.close()
    }
  })

  it('takes a new id each time, so that one known before is worth nothing', async () => {
    const browser = site.visitor()
    const [first = ''] = cookiesOf(await send({ email, password: testPassword }, browser))
    const [second = ''] = cookiesOf(await send({ email, password: testPassword }, browser))
    expect(second.split(';')[0]).to.not.equal(first.split(';')[0])
    await site
      .visitor()
      .get('/account')
      .set('Cookie', first.split(';')[0] ?? '')
      .expect(302)
    await site
      .visitor()
      .get('/account')
      .set('Cookie', second.split(';')[0] ?? '')
      .expect(200)
  })

  it('is kept under a hash, as a document with the person', async () => {
    const [cookie = ''] = cookiesOf(await send({ email, password: testPassword }))
    const id = decodeURIComponent(cookie).slice('skillpool=s:'.length).split('.')[0] ?? ''
    const kept = await site.services.models.signIns.find({}).lean()
    expect(kept.map(({ _id }) => _id)).to.not.include(id)
    expect(kept[0]?.session.passport?.user?.personId).to.be.a('string')
  })

  it('holds in every process, since all sign cookies with one secret', async () => {
    const fresh = await startTestSite()
    try {
      const person = await aPerson(fresh)
      const processes = [1, 2, 3].map(() => createApp(fresh.services))
      const form = { email: person.email, password: testPassword }
      const answers = await Promise.all(
        processes.map(app => supertest(app).post('/sign-in').set('Sec-Fetch-Site', 'same-origin').type('form').send(form)),
      )
      for (const cookie of answers.map(answer => cookiesOf(answer)[0]?.split(';')[0] ?? '')) {
        for (const app of processes) await supertest(app).get('/account').set('Cookie', cookie).expect(200)
      }
    } finally {
      await fresh.close()
    }
  })

  it('ends with signing out, for the cookie too', async () => {
    const browser = site.visitor()
    const [cookie = ''] = cookiesOf(await send({ email, password: testPassword }, browser))
    const answer = await browser.post('/sign-out').expect(303).expect('Location', '/sign-in?signed-out')
    expect(cookiesOf(answer)[0]).to.match(/^skillpool=; Path=\/; Expires=Thu, 01 Jan 1970/)
    await site
      .visitor()
      .get('/account')
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(302)
    const page = await browser.get('/sign-in?signed-out').expect(200)
    expect(page.text).to.include('You are signed out')
    expect(page.headers['set-cookie']).to.equal(undefined)
    await site.visitor().post('/sign-out').expect(303)
  })

  for (const back of ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example']) {
    it(`never leads to ${JSON.stringify(back)}`, async () => {
      await send({ email, password: testPassword, back }).expect(303).expect('Location', '/')
      const page = await site
        .visitor()
        .get(`/sign-in?back=${encodeURIComponent(back)}`)
        .expect(200)
      expect(page.text).to.not.include('evil')
    })
  }

  it('is refused when another site sends the form', async () => {
    const cookieOf = async (request: ReturnType<typeof send>) => (await request.expect(403)).headers['set-cookie']
    expect(await cookieOf(send({ email, password: testPassword }).set('Sec-Fetch-Site', 'cross-site'))).to.equal(undefined)
    expect(await cookieOf(send({ email, password: testPassword }).set('Sec-Fetch-Site', 'same-site'))).to.equal(undefined)
    const foreign = send({ email, password: testPassword }).unset('Sec-Fetch-Site').set('Origin', 'https://evil.example')
    expect(await cookieOf(foreign)).to.equal(undefined)
  })

  it('answers with words to fields that are missing, repeated or nested', async () => {
    for (const body of [
      '',
      'email=a&email=b&password=c',
      'email[a]=b&password[c]=d',
      'email=&password=',
      '__proto__[email]=a',
      'email=%00%00&password=%00',
      'email=%FF&password=x',
    ]) {
      await site.visitor().post('/sign-in').type('form').send(body).expect(422)
    }
    await site.visitor().get('/sign-in?back=/a&back=/b&signed-out[x]=1').expect(200)
    await send({ email, password: 'x'.repeat(5_000) }).expect(422)
    expect(site.logged.filter(({ level }) => level >= 50)).to.deep.equal([])
  })
})

const cookiesOf = ({ headers }: { headers: Record<string, unknown> }): string[] => (headers['set-cookie'] ?? []) as string[]
