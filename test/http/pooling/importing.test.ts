import { expect } from 'chai'
import { load } from 'cheerio'
import { importExample } from '../../../scripts/support/examplePartnership.ts'
import type { HelpRequest } from '../../../server/pooling/requests/requestModel.ts'
import { requestStates } from '../../../server/pooling/requests/requestStates.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('requests from a file', () => {
  let site: TestSite

  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  it('are those of the example, of every state, with answers; imported again, nothing is there twice', async () => {
    const problems: string[] = []
    await importExample(site.services, problem => void problems.push(problem))
    await importExample(site.services, problem => void problems.push(problem))
    expect(problems).to.deep.equal([])
    const requests = await site.services.models.requests.find({}).asSystem('a test looks').lean<HelpRequest[]>()
    expect(requests).to.have.length(12)
    expect([...new Set(requests.map(({ state }) => state))]).to.have.members([...requestStates])
    for (const { changes, state, title } of requests) expect(changes.at(-1)?.to, title).to.equal(state)
    const answered = requests.find(({ acceptedAnswerId }) => acceptedAnswerId !== undefined) as HelpRequest
    expect((await site.services.answers.of(answered)).map(({ _id }) => _id)).to.include(answered.acceptedAnswerId)
    const [person] = await site.services.models.people.find({ slug: 'farrukh-iqbal' }).asSystem('a test looks').lean()
    await site.services.accounts.open({ personId: person?._id ?? '', email: 'f@example.org', password: 'a long enough password' })
    const browser = await site.signInAs({ email: 'f@example.org' })
    for (const { slug } of requests.filter(({ readers }) => readers.includes('partnership')))
      await browser.get(`/requests/${slug}`).expect(200)
    expect(load((await browser.get('/requests?show=all')).text)('.row--article').length).to.be.greaterThan(9)
  })
})
