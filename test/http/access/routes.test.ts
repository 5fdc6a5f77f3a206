import { expect } from 'chai'
import { aPerson } from '../../support/builders.ts'
import { type Route, routeTable } from '../../support/routeTable.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

/** Pages that are there for people who are not signed in. */
const forVisitors =
  /^\/($|sign-in|sign-out|first-run|links\/|feeds\/|unsubscribe\/|health\/|privacy$|accessibility$|cookies$|logo\/|\.well-known\/)/
/** Programs that show mails send it for their reader (RFC 8058): its address is the right, whoever is signed in. */
const fromMails = /^\/unsubscribe\//
/** Drawings are made of styles; the frame that they stand in belongs to no origin and reaches nothing. */
const drawingFrame = '/knowledge/diagrams/frame'
const anotherSite = 'This form was sent from another site'

describe('every address of every feature', () => {
  let site: TestSite
  let routes: Route[]
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey' })
    browser = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    routes = routeTable(site.services)
  })
  after(() => site.close())

  const changing = () => routes.filter(({ method }) => method !== 'get')
  const reading = () => routes.filter(({ method }) => method === 'get')

  it('is known to this test', () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`)
    expect(known).to.include.members([
      'get /knowledge/:slug',
      'post /knowledge/:slug',
      'post /people/:slug/edit/contact',
      'get /search',
      'post /sign-in',
    ])
    expect(new Set(known.map(route => route.split('/')[1])).size).to.be.greaterThan(8)
  })

  it('changes things by POST only', () => {
    expect(changing().filter(({ method }) => method !== 'post')).to.deep.equal([])
  })

  for (const [where, headers] of [
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbouring site', { 'Sec-Fetch-Site': 'same-site' }],
    ['another site, from a browser that gives its address only', { Origin: 'https://evil.example' }],
    ['nowhere', { Origin: 'null' }],
    ['a program that says nothing of where', {}],
  ] as const) {
    it(`refuses a form from ${where}`, async () => {
      for (const { path } of changing().filter(({ path }) => !fromMails.test(path))) {
        const answer = await browser.post(asked(path)).unset('Sec-Fetch-Site').set(headers).type('form').send({ title: 'x' })
        expect(answer.status, path).to.equal(403)
        expect(answer.text, path).to.include(anotherSite)
      }
    })
  }

  it('takes a form of its own pages', async () => {
    for (const { path } of changing().filter(({ path }) => path !== '/sign-out'))
      expect((await browser.post(asked(path)).type('form').send({})).text, path).to.not.include(anotherSite)
    const withoutHeader = browser.post('/knowledge').unset('Sec-Fetch-Site').set({ Host: 'pool.example', Origin: 'http://pool.example' })
    await withoutHeader.type('form').send({}).expect(422)
  })

  it('sends visitors to sign in, except where they belong', async () => {
    for (const { path } of reading().filter(({ path }) => !forVisitors.test(path))) {
      const answer = await site.visitor().get(asked(path))
      expect(answer.status, path).to.equal(302)
      expect(answer.headers.location, path).to.equal(`/sign-in?back=${encodeURIComponent(asked(path))}`)
    }
    for (const { path } of changing().filter(({ path }) => !forVisitors.test(path))) {
      const answer = await site.visitor().post(asked(path)).type('form').send({ title: 'x', name: 'x' })
      expect([answer.status, answer.headers.location], path).to.deep.equal([302, '/sign-in'])
    }
  })

  it('gives visitors who only look no cookie', async () => {
    for (const { path } of reading()) expect((await site.visitor().get(asked(path))).headers, path).to.not.have.property('set-cookie')
  })

  it('answers with the headers that let nothing foreign in, and is kept by no shared cache', async () => {
    for (const { path } of reading().filter(({ path }) => !path.startsWith('/health/'))) {
      const { headers, status } = await browser.get(asked(path))
      const allowed = path === drawingFrame ? "style-src 'unsafe-inline'" : ''
      expect(headers['content-security-policy']?.replace(allowed, ''), path).to.include("script-src 'self'").and.not.include('unsafe')
      if (status < 300 || status >= 400) expect(headers['cache-control'], path).to.match(/private|no-store/)
      expect(headers['x-content-type-options'], path).to.equal('nosniff')
    }
  })

  it('fails for nobody, whatever stands in its place', async function () {
    this.timeout(90_000)
    for (const { path } of reading())
      for (const strange of ['%00', '%F0%9F%92%A5', '..%2F..', '%25', 'constructor', '$where', 'x'.repeat(2_000)])
        expect((await browser.get(path.replace(/:\w+/g, strange))).status, `${path} ${strange.slice(0, 20)}`).to.be.lessThan(500)
    expect(site.logged.filter(({ level }) => level >= 50)).to.deep.equal([])
  })
})

const asked = (path: string) => path.replace(/:\w+/g, 'there-is-none')
