import { expect } from 'chai'
import { RateLimiterMongo } from 'rate-limiter-flexible'
import { aPerson } from '../../support/builders.ts'
import { startTestSite, type TestSite, testPassword } from '../../support/testSite.ts'

describe('limits of tries', () => {
  let site: TestSite
  let network = 0

  before(async () => {
    site = await startTestSite({ environment: { TRUST_PROXY: '1' } })
  })
  after(() => site.close())

  let here = ''
  beforeEach(() => {
    here = `10.0.0.${++network}`
  })

  const signIn = (email: string, password: string, from = here) =>
    site.visitor().post('/sign-in').set('X-Forwarded-For', from).type('form').send({ email, password })

  async function statuses(tries: number, attempt: (number: number) => PromiseLike<{ status: number }>): Promise<number[]> {
    const seen: number[] = []
    for (let number = 0; number < tries; number++) seen.push((await attempt(number)).status)
    return seen
  }

  it('let ten wrong passwords of one account through in 15 minutes, wherever they come from, and say when to try again', async () => {
    const { email } = await aPerson(site)
    const seen = await statuses(11, number => signIn(email.toUpperCase(), 'wrong one', `192.0.2.${number}`))
    expect(seen).to.deep.equal([...Array(10).fill(422), 429])
    const refused = await signIn(email, testPassword, '198.51.100.1').expect(429)
    expect(Number(refused.headers['retry-after'])).to.be.within(800, 900)
    expect(refused.text).to.include('Try again in 15 minutes')
    await signIn((await aPerson(site)).email, testPassword).expect(303)
  })

  it('count addresses that nobody has the same way', async () => {
    const seen = await statuses(11, () => signIn('nobody@example.org', 'wrong one'))
    expect(seen.at(-1)).to.equal(429)
  })

  it('let fifty tries of one address through, and do not count what was right', async () => {
    const people = [await aPerson(site), await aPerson(site)]
    await statuses(3, () => signIn(people[0]?.email ?? '', testPassword))
    const seen = await statuses(51, number => signIn(`nobody${number}@example.org`, 'wrong one'))
    expect(seen).to.deep.equal([...Array(50).fill(422), 429])
    await signIn(people[1]?.email ?? '', testPassword).expect(429)
    await signIn(people[1]?.email ?? '', testPassword, '192.0.2.2').expect(303)
  }).timeout(30_000)

  it('count from none again after signing in', async () => {
    const { email } = await aPerson(site)
    await statuses(9, () => signIn(email, 'wrong one'))
    await signIn(email, testPassword).expect(303)
    expect(await statuses(10, () => signIn(email, 'wrong one'))).to.deep.equal(Array(10).fill(422))
  })

  it('count together when tries come at once', async () => {
    const { email } = await aPerson(site)
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(email, 'wrong one')))
    expect(answers.filter(({ status }) => status === 429)).to.have.length(10)
  })

  it('end guessing of links', async () => {
    const seen = await statuses(31, number => site.visitor().get(`/links/guess${number}`).set('X-Forwarded-For', '192.0.2.9'))
    expect(seen).to.deep.equal([...Array(30).fill(404), 429])
  })

  it('hold for the current password when somebody changes it', async () => {
    const person = await aPerson(site)
    const browser = await site.signInAs(person)
    const change = () => browser.post('/account/password').type('form').send({ current: 'wrong one', password: 'another three words' })
    expect(await statuses(11, change)).to.deep.equal([...Array(10).fill(422), 429])
  })

  it('lock nobody out when counting fails', async () => {
    const { email } = await aPerson(site)
    const { consume } = RateLimiterMongo.prototype
    RateLimiterMongo.prototype.consume = () => Promise.reject(new Error('the store is away'))
    try {
      await signIn(email, testPassword).expect(303)
    } finally {
      RateLimiterMongo.prototype.consume = consume
    }
    expect(site.logged.map(({ msg }) => msg)).to.include('tries could not be counted, so this one is let through')
  })
})
