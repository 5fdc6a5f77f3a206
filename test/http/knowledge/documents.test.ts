import { expect } from 'chai'
import { strFromU8, unzipSync } from 'fflate'
import { extractText, getDocumentProxy } from 'unpdf'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, aPerson } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const text = `# Steps

Ask **first**, see [hosts](/knowledge/hosts) and [out](https://example.org/x), not [this](javascript:alert(1)).

1. one
   - inner
2. two

| Host | Use |
| --- | --- |
| a1 | mail |

\`\`\`
run --now
\`\`\`

> Said ~~once~~ twice.
`

describe('an article saved for reading elsewhere', () => {
  let site: TestSite
  let author: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    author = await aPerson(site, { name: 'Ann Author' })
    browser = await site.signInAs(author)
    const sensitive = { marking: 'OFFICIAL-SENSITIVE' as const, visibility: 'organisation' as const }
    await anArticle(site, author, { slug: 'steps', title: 'Moving hosts', text, revision: 7, ...sensitive })
  })
  after(() => site.close())

  const bytesOf = async (ending: string) => {
    const { body, headers } = await browser
      .get(`/knowledge/steps/article.${ending}`)
      .buffer()
      .parse((res, done) => {
        const parts: Buffer[] = []
        res.on('data', part => parts.push(part as Buffer))
        res.on('end', () => done(null, Buffer.concat(parts)))
      })
      .expect(200)
    expect(String(headers['content-disposition']).replaceAll('"', '')).to.equal(`attachment; filename=steps-OFFICIAL-SENSITIVE.${ending}`)
    expect(headers['cache-control']).to.equal('private, no-store')
    return body as Buffer
  }
  const said = ['Moving hosts', 'OFFICIAL-SENSITIVE', 'Ann Author', 'Revision: 7', 'Steps', 'first', 'inner', 'a1', 'run --now', 'twice']

  it('as PDF has its text, title, marking, owner and revision, the typeface with it, and leads nowhere but to addresses', async () => {
    const bytes = await bytesOf('pdf')
    const pdf = await getDocumentProxy(new Uint8Array(bytes))
    const { text: words } = await extractText(pdf, { mergePages: true })
    for (const part of said) expect(words.replace(/\s+/g, ' '), part).to.include(part)
    expect(((await pdf.getMetadata()).info as { Title?: string }).Title).to.equal('Moving hosts')
    expect(bytes.toString('latin1')).to.include('/FontFile2').and.include('(https://example.org/x)').and.not.include('javascript')
  })

  it('as a Word document has the same, with headings, lists and tables of Word', async () => {
    const parts = unzipSync(await bytesOf('docx'))
    const document = strFromU8(parts['word/document.xml'] as Uint8Array)
    const words = document.replace(/<\/w:p>/g, ' ').replace(/<[^>]+>/g, '')
    for (const part of said.filter(one => one !== 'OFFICIAL-SENSITIVE')) expect(words, part).to.include(part)
    expect(document).to.match(/w:val="Heading1".*<w:numPr>.*<w:tbl>/s)
    expect(
      Object.entries(parts).filter(([name, bytes]) => /header|footer/.test(name) && strFromU8(bytes).includes('OFFICIAL-SENSITIVE')),
    ).to.have.length(2)
    const links = strFromU8(parts['word/_rels/document.xml.rels'] as Uint8Array)
    expect(links)
      .to.match(/https?:\/\/[^"]+\/knowledge\/hosts"/)
      .and.not.include('javascript')
  })

  it('as Markdown has what is said of it in front', async () => {
    const { text: file } = await browser.get('/knowledge/steps/article.md').expect(200)
    expect(file)
      .to.match(/^---\ntitle: Moving hosts\n/)
      .and.include('\nmarking: OFFICIAL-SENSITIVE\n')
      .and.include('\nrevision: 7\n')
    expect(file.endsWith(`---\n\n${text}\n`)).to.equal(true)
  })
})
