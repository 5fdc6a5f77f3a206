import { expect } from 'chai'
import { longestMarkdown } from '../../../server/documents/markdown.ts'
import { anArticle, anOrganisation, aPerson } from '../../support/builders.ts'
import { problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const megabyte = 1024 * 1024
const written = {
  title: 'The whole manual',
  kind: 'how-to',
  owner: 'me',
  visibility: 'partnership',
  ...Object.fromEntries([['then', 'draft']]),
}
const longest = /The text has ([\d,]+) characters, and the longest text of an article is 100,000: shorten it/

describe('a text that is too long', () => {
  let site: TestSite
  let browser: Browser
  let slug: string

  before(async () => {
    site = await startTestSite()
    const author = await aPerson(site, { organisation: await anOrganisation(site) })
    slug = (await anArticle(site, author)).slug
    browser = await site.signInAs(author)
  })
  after(() => site.close())

  const send = (path: string, text: string) =>
    browser
      .post(path)
      .type('form')
      .send(new URLSearchParams({ ...written, text }).toString())

  it('is refused beside its field, by the name of the limit, and stays in it: 5 MB within 2 s of computing', async () => {
    const text = `# Part\n\n${'Some *words* and [links](https://a.example).\n'.repeat(110_000)}`.slice(0, 5 * megabyte)
    for (const path of ['/knowledge', `/knowledge/${slug}`]) {
      const begun = process.cpuUsage()
      const answer = await send(path, text).expect(422)
      expect(process.cpuUsage(begun).user / 1_000_000, path).to.be.lessThan(2)
      expect(problemsOn(answer.text).text).to.match(longest)
      expect(answer.text.includes('Some *words* and [links](https://a.example).\n'.repeat(1_000)), path).to.equal(true)
    }
  })

  it('begins with one character more than the longest, whatever it takes to send', async () => {
    const signs = '語'.repeat(longestMarkdown)
    await send('/knowledge', signs).expect(303)
    expect(problemsOn((await send('/knowledge', `${signs}語`).expect(422)).text).text?.replace(/,/g, '')).to.include(
      'has 100001 characters',
    )
  })

  it('is not read at all when it is far too long, or comes from somebody who is not signed in', async () => {
    await send('/knowledge', 'x'.repeat(13 * megabyte)).expect(413)
    const form = new URLSearchParams({ ...written, text: 'x'.repeat(megabyte) }).toString()
    await site.visitor().post('/knowledge').type('form').send(form).expect(413)
  })
})
