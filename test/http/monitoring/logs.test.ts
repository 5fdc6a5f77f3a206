import { expect } from 'chai'
import { load } from 'cheerio'
import mongoose from 'mongoose'
import type { Person } from '../../../server/people/personModel.ts'
import { aPerson } from '../../support/builders.ts'
import { formOn } from '../../support/pageForm.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

const stackOf = (line?: Record<string, unknown>) => (line?.err as { stack?: string } | undefined)?.stack

describe('the log', () => {
  let site: TestSite
  let person: Person & { email: string }

  before(async () => {
    site = await startTestSite()
    person = await aPerson(site)
    await site.services.indexer.settled()
  })
  after(() => site.close())
  beforeEach(() => {
    site.logged.length = 0
  })

  const ofRequests = () => site.logged.filter(({ msg }) => msg === 'request')
  const failing = async (error: Error, work: () => Promise<void>) => {
    const { search } = site.services
    const searching = search.search
    Object.assign(search, { search: () => Promise.reject(error) })
    await work().finally(() => Object.assign(search, { search: searching }))
  }

  it('has one line for each request, with who, what and how long, but not what exactly', async () => {
    const browser = await site.signInAs(person)
    await browser.get(`/people/${person.slug}?tab=skills`).expect(200)
    await site.visitor().get('/nowhere').expect(404)
    const [signIn, page, missing] = ofRequests()
    expect(ofRequests()).to.have.length(3)
    expect(signIn).to.include({ level: 30, method: 'POST', route: '/sign-in', status: 303 }).and.to.not.have.property('personId')
    expect(page).to.include({ method: 'GET', route: '/people/:slug', status: 200, personId: person._id })
    expect(missing).to.include({ route: 'unmatched', status: 404 })
    expect(page?.requestId).to.match(uuid)
    expect(page?.durationMs).to.be.within(0, 20_000)
    expect(new Date(page?.time as string).getFullYear()).to.be.greaterThan(2_000)
    expect(Object.keys(page ?? {})).to.have.members([
      ...['level', 'time', 'requestId', 'personId', 'method', 'route', 'status', 'durationMs', 'msg'],
    ])
  })

  it('is not filled by those that watch the site', async () => {
    await site.visitor().get('/health/live').expect(200)
    await site.visitor().get('/metrics').expect(200)
    await site.visitor().get('/metrics').set('Via', '1.1 proxy').expect(404)
    expect(ofRequests().map(({ route, status }) => `${route} ${status}`)).to.deep.equal(['/metrics 404'])
  })

  it('takes the id that a proxy gave, answers with it, and makes its own where there is no plain one', async () => {
    for (const given of ['7f1a9c04d2e84b6f', '018f3c9e-7b3a-7c1e-9d1b-2f6d5b1c0a55'])
      await site.visitor().get('/').set('X-Request-Id', given).expect('X-Request-Id', given)
    for (const given of ['short', 'x'.repeat(65), 'two words', '<script>alert(1)</script>', 'who=ada@example.org', '"}{"level":60']) {
      const { headers } = await site.visitor().get('/').set('X-Request-Id', given)
      expect(headers['x-request-id'], given).to.match(uuid)
    }
    const ids = ofRequests().map(({ requestId }) => requestId)
    expect(ids.slice(0, 2)).to.deep.equal(['7f1a9c04d2e84b6f', '018f3c9e-7b3a-7c1e-9d1b-2f6d5b1c0a55'])
    expect(new Set(ids).size).to.equal(8)
  })

  it('has the stack of what failed, under the number that the page shows', async () => {
    const browser = await site.signInAs(person)
    await failing(new TypeError('the wheels came off'), async () => {
      const page = await browser.get('/search?q=x').expect(500)
      const number = load(page.text)('.failure code').text()
      expect(number).to.match(uuid).and.to.equal(page.headers['x-request-id'])
      expect(page.text).to.not.include('wheels')
      const [failed] = site.logged.filter(({ level }) => level >= 50)
      expect(failed).to.include({ requestId: number, personId: person._id, route: '/search', msg: 'a request failed' })
      expect(failed?.err).to.include({ type: 'TypeError', message: 'the wheels came off' })
      expect(stackOf(failed)).to.match(/^TypeError: the wheels came off\n\s+at .*logs\.test/)
    })
  })

  it('has the stack of what made the site unavailable, as a warning', async () => {
    const browser = await site.signInAs(person)
    const cause = new mongoose.mongo.MongoNetworkError('connection 3 to 10.0.0.7:27017 closed')
    await failing(cause, async () => {
      const page = await browser.get('/search?q=x').expect(503)
      const [line] = site.logged.filter(({ msg }) => msg === 'a request was not served')
      expect(line).to.include({ level: 40, requestId: page.headers['x-request-id'], route: '/search' })
      expect(stackOf(line)).to.include('MongoNetworkError: connection 3')
    })
  })

  it('has the stack, and the browser plain words, when not even the page of the failure can be shown', async () => {
    const { partnership } = site.services
    const { nameNow } = partnership
    Object.assign(partnership, {
      nameNow: () => {
        throw new Error('nothing has a name')
      },
    })
    const page = await site.visitor().get('/nowhere').expect(404)
    Object.assign(partnership, { nameNow })
    expect(page.headers['content-type']).to.match(/^text\/plain/)
    expect(page.text).to.include('Page not found').and.include(page.headers['x-request-id']).and.not.include('at ')
    const [line] = site.logged.filter(({ level }) => level >= 50)
    expect(stackOf(line)).to.include('nothing has a name').and.include('\n    at ')
  })

  it('says for which request a line deeper down was', async () => {
    const browser = await site.signInAs(person)
    site.engine.switchOff()
    const page = await browser.get('/search?q=engineer').expect(200)
    site.engine.switchOn()
    const [plain] = site.logged.filter(({ msg }) => msg.startsWith('search answers from the database'))
    expect(plain).to.include({ requestId: page.headers['x-request-id'], personId: person._id })
    expect(stackOf(plain)).to.include('Unavailable')
  })

  it('says that a line is of the indexer, and not of the request whose change it carries on', async () => {
    const browser = await site.signInAs(person)
    const asked = new Promise<void>(resolve => {
      site.engine.refuses = () => {
        resolve()
        return 'too strange'
      }
    })
    const path = `/people/${person.slug}/edit/name`
    const form = formOn((await browser.get(path).expect(200)).text)
    await browser
      .post(path)
      .type('form')
      .send({ ...form, role: 'Wheelwright' })
      .expect(303)
    await asked
    await site.services.indexer.settled()
    site.engine.refuses = () => undefined
    const [rejected] = site.logged.filter(({ msg }) => msg === 'the search engine rejected a record')
    expect(rejected).to.include({ part: 'indexer', type: 'person', id: person._id })
    expect(rejected).to.not.have.any.keys('requestId', 'personId')
  })
})
