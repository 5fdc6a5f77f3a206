import { expect } from 'chai'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { AScanner } from '../../support/aScanner.ts'
import { anArticle, aPerson } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const bad = 'made-up-virus'

describe('the virus scanner', () => {
  let site: TestSite
  let ada: Person & { email: string }
  let browser: Browser
  let article: Article
  const scanner = new AScanner(bad)

  before(async () => {
    await scanner.start()
    site = await startTestSite({ environment: { CLAMD: scanner.address } })
    ada = await aPerson(site)
    browser = await site.signInAs(ada)
  })
  after(async () => {
    await site.close()
    await scanner.stop()
  })
  beforeEach(async () => {
    article = await anArticle(site, ada)
  })

  const page = () => `/knowledge/${article.slug}/attachments`
  const shown = async () => (await browser.get(`/knowledge/${article.slug}`).expect(200)).text
  const read = (id: string) => site.services.attachmentReading.read(id)
  async function attach(text: string): Promise<string> {
    await browser.post(page()).attach('attachment', Buffer.from(text), 'notes.txt').expect(303)
    return String((await site.services.attachments.of(article)).at(-1)?._id)
  }

  it('is asked before anything is offered or read', async () => {
    const text = 'clean corundum '.repeat(20_000)
    const id = await attach(text)
    expect(await shown())
      .to.include('being checked for viruses')
      .and.not.include(`${page()}/${id}`)
    await browser.get(`${page()}/${id}`).expect(404)
    expect(await site.services.models.attachmentTexts.findById(id).lean()).to.equal(null)
    expect(await read(id)).to.equal('notes.txt is read')
    expect(scanner.scanned.at(-1)?.toString()).to.equal(text)
    await browser.get(`${page()}/${id}`).expect(200)
    expect(await read(id), 'once more').to.equal(undefined)
  })

  it('refuses what it finds something in: nothing of it is kept but what was found', async () => {
    const id = await attach(`This is a ${bad}.`)
    expect(await read(id)).to.include('Made-Up-Signature')
    expect(await shown()).to.include('refused: the virus scanner found Made-Up-Signature')
    await browser.get(`${page()}/${id}`).expect(404)
    expect(
      await site.services.storage.connection.db!.collection('files.files').countDocuments({ 'metadata.subject': article._id }),
    ).to.equal(0)
    expect(await site.services.models.attachmentTexts.findById(id).lean()).to.equal(null)
  })

  it('is waited for while it is away, and asked again', async () => {
    const id = await attach('waits for it')
    await scanner.stop()
    await read(id).then(
      () => expect.fail('it was not asked'),
      (error: Error) => expect(error.message).to.include('does not answer'),
    )
    expect(await shown()).to.include('being checked for viruses')
    await browser.get(`${page()}/${id}`).expect(404)
    expect(await site.services.attachmentReading.waiting()).to.include(id)
    await scanner.start()
    expect(await read(id)).to.equal('notes.txt is read')
    await browser.get(`${page()}/${id}`).expect(200)
  })

  it('is asked by jobs: one for each attachment, and one that asks again for those that wait', () => {
    expect([...site.services.jobRunner.types.keys()]).to.include.members(['read-attachment', 'attachments-waiting'])
  })
})
