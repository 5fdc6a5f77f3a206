import { Readable } from 'node:stream'
import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { readFileText } from '../../../server/knowledge/attachments/text/readFileText.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { aBomb, aCompoundFile, anOpenDocument, aPdf, aPresentation, aWordDocument, aWorkbook, aZip } from '../../support/attachables.ts'
import { anArticle, anOrganisation, aPerson } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

/** A billion laughs: ten entities, each of ten of the one before. */
const laughs = `<!DOCTYPE a [<!ENTITY e0 "ha">${Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('')}]><a><t>&e9;</t></a>`

describe('the text of attachments', () => {
  let site: TestSite
  let ada: Person & { email: string }
  let browser: Browser
  let reader: Browser
  let article: Article

  before(async () => {
    site = await startTestSite()
    const own = await anOrganisation(site)
    ada = await aPerson(site, { organisation: own })
    browser = await site.signInAs(ada)
    reader = await site.signInAs(await aPerson(site))
  })
  after(() => site.close())
  beforeEach(async () => {
    article = await anArticle(site, ada, { title: 'Moving racks' })
  })

  const page = () => `/knowledge/${article.slug}/attachments`
  async function attach(bytes: Uint8Array, name: string): Promise<string> {
    await browser.post(page()).attach('attachment', Buffer.from(bytes), name).expect(303)
    const added = (await site.services.attachments.of(article)).at(-1)
    await site.services.attachmentReading.read(added?._id as string)
    await site.services.indexer.settled()
    return `${page()}/${added?._id}`
  }
  const search = async (q: string, by = reader) => {
    const $ = load((await by.get(`/search?q=${encodeURIComponent(q)}&type=article`).expect(200)).text)
    const row = $(`li.row:has(a[href="/knowledge/${article.slug}"])`)
    return {
      isFound: row.length > 0,
      places: row
        .find('.row__fragment a')
        .map((_, link) => $(link).text())
        .get(),
      html: row.html() ?? '',
    }
  }

  it('finds the article by a word that is only inside, and says where', async () => {
    expect((await search('zanzibarquartz')).isFound, 'before').to.equal(false)
    const href = await attach(aPdf(['One', 'Two', 'Three', 'Mined at zanzibarquartz hill']), 'appendix.pdf')
    const { places, html } = await search('zanzibarquartz')
    expect(places).to.deep.equal(['found in appendix.pdf, page 4'])
    expect(html).to.include('<mark>zanzibarquartz</mark>').and.include(`href="${href}"`)
    expect((await search('"zanzibarquartz hill"')).places).to.deep.equal(['found in appendix.pdf, page 4'])
    expect((await search('"moving racks" "zanzibarquartz hill"')).isFound, 'a phrase in each').to.equal(true)
    expect((await search('"moving racks" -zanzibarquartz')).isFound, 'left out').to.equal(false)
    expect((await search('"moving racks" "hill zanzibarquartz"')).isFound, 'the other way round').to.equal(false)
    await browser.post(`${href}/delete`).expect(303)
    expect((await search('zanzibarquartz')).isFound, 'afterwards').to.equal(false)
    expect(await site.services.models.attachments.countDocuments({ articleId: article._id })).to.equal(0)
    expect((await site.services.drift.check()).differences).to.deep.equal([])
  })

  it('is compared when the search index is', async () => {
    await attach(Buffer.from('A word: feldsparring'), 'notes.txt')
    expect((await site.services.drift.check()).differences).to.deep.equal([])
    await site.services.models.attachmentTexts.updateOne({ articleId: article._id }, { $set: { parts: [{ text: 'another' }] } })
    expect((await site.services.drift.check()).differences.map(({ id, kind }) => [id, kind])).to.deep.equal([[article._id, 'different']])
    await site.services.drift.check({ repair: true })
    await site.services.indexer.settled()
    expect((await site.services.drift.check()).differences).to.deep.equal([])
  })

  it('counts less than that of articles, and however long it is takes nothing from its own', async () => {
    const word = 'pegmatite'
    const inside = article
    await attach(Buffer.from(word), 'notes.txt')
    article = await anArticle(site, ada, { text: `About ${word} and its uses` })
    await attach(Buffer.from('A long list of other things. '.repeat(5_000)), 'list.txt')
    const html = (await reader.get(`/search?q=${word}&type=article`)).text
    expect(html.indexOf(`/knowledge/${article.slug}"`)).to.be.within(0, html.indexOf(`/knowledge/${inside.slug}"`))
  })

  for (const [name, bytes, word, place] of [
    ['plan.docx', () => aWordDocument(['First', 'Second basaltic']), 'basaltic', 'plan.docx'],
    ['plan.pptx', () => aPresentation(['First', 'Second dolerite']), 'dolerite', 'plan.pptx, slide 2'],
    ['plan.xlsx', () => aWorkbook('Prices', ['First', 'gabbroic']), 'gabbroic', 'plan.xlsx, sheet Prices'],
    ['plan.odt', () => anOpenDocument('text', ['Second rhyolite']), 'rhyolite', 'plan.odt'],
    ['plan.txt', () => Buffer.from('Café: andesites & <b>more</b>'), 'andesites', 'plan.txt'],
  ] as const)
    it(`of ${name} is found`, async () => {
      await attach(bytes(), name)
      expect((await search(word)).places).to.deep.equal([`found in ${place}`])
    })

  for (const [name, bytes, said] of [
    ['locked.pdf', () => aPdf(['One'], { encrypted: true }), 'it needs a password'],
    ['locked.docx', () => aCompoundFile('EncryptedPackage'), 'it needs a password'],
    ['old.doc', () => aCompoundFile('WordDocument'), 'it is of an old program'],
    ['broken.pdf', () => Buffer.from('%PDF-1.7\nnothing'), 'it is damaged'],
    ['pictures.pdf', () => aPdf(['', '']), 'it has none'],
    ['broken.docx', () => aWordDocument(['a\0b']), 'it is damaged'],
    [
      'entities.docx',
      () => aZip({ 'word/document.xml': `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a><t>&b;</t></a>` }),
      'it is damaged',
    ],
    ['laughs.docx', () => aZip({ 'word/document.xml': laughs }), 'it is damaged'],
  ] as const)
    it(`of ${name} is not there, which is said: ${said}`, async () => {
      await attach(bytes(), name)
      const html = (await reader.get(`/knowledge/${article.slug}`).expect(200)).text
      expect(html).to.include(`its text could not be read: ${said}`)
      await reader.get(`${page()}/${(await site.services.attachments.of(article))[0]?._id}`).expect(200)
    })

  it('of a thousand pages and more is searched from its beginning, which is said', async () => {
    await attach(aPdf(Array.from({ length: 10_000 }, (_, n) => `Leaf ${n}`)), 'book.pdf')
    expect((await reader.get(`/knowledge/${article.slug}`)).text).to.include('only the beginning of its text is searched')
    expect(site.logged.filter(({ level }) => level >= 50)).to.deep.equal([])
  })

  it('is read within limits of time and memory', async function () {
    this.timeout(60_000)
    const pdf = aPdf(Array.from({ length: 2_000 }, (_, n) => `Leaf ${n}`))
    expect(await readFileText(Readable.from([pdf]), 'pdf', undefined, { withinMs: 1, mostHeapMb: 512 })).to.deep.equal({
      unreadable: 'it took too long',
    })
    // Without memory it ends, or comes to nothing in its time.
    expect(await readFileText(Readable.from([pdf]), 'pdf', undefined, { withinMs: 8_000, mostHeapMb: 12 }))
      .to.have.property('unreadable')
      .which.is.oneOf(['it is too large or too involved', 'it took too long'])
    const bomb = await readFileText(Readable.from([aBomb(40)]), 'docx')
    expect(bomb).to.deep.equal({ unreadable: 'it unpacks to far more than it may' })
    expect(await readFileText(Readable.from([Buffer.from('well')]), 'text')).to.deep.equal({ parts: [{ text: 'well' }] })
  })
})
