import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { collectionHandover } from '../../../server/knowledge/collections/collectionHandover.ts'
import type { Collection } from '../../../server/knowledge/collections/collectionModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { aCollection, anArticle, anOrganisation, aPerson, asReader, aTeam } from '../../support/builders.ts'
import { importing } from '../../support/importing.ts'
import { formOn, headingOf, problemsOn, type Typed } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('collections', () => {
  let site: TestSite
  let own: Organisation
  let team: Team
  let member: Person & { email: string }
  let browser: Browser
  let articles: Article[]

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    team = await aTeam(site, own, { name: 'Desk', slug: 'desk' })
    member = await aPerson(site, { name: 'Mo Member', organisation: own, teamIds: [team._id] })
    browser = await site.signInAs(member)
    articles = []
    for (const name of ['one', 'two', 'three'])
      articles.push(
        await anArticle(site, member, { title: `Part ${name}`, slug: `part-${name}`, text: `# Deep ${name}\n\nWords of ${name}.` }),
      )
  })
  after(() => site.close())

  const post = (by: Browser, path: string, form: object) => by.post(path).type('form').send(form)
  const kept = async (slug: string) =>
    (await site.services.models.collections.findOne({ slug }).asSystem('a test looks').lean<Collection>()) as Collection
  const partsOn = (html: string) =>
    load(html)('.collection-parts li > a')
      .toArray()
      .map(link => load(link).text())
  const form = { title: 'Desk handbook', summary: 'For **new** colleagues.', owner: 'me', visibility: 'partnership' }
  const page = '/knowledge/collections'
  const opened = async (slug: string): Promise<Typed> =>
    formOn((await browser.get(`${page}/${slug}/edit`).expect(200)).text, `${page}/${slug}`)

  it('put articles in an order, given by their addresses and changed by their places', async () => {
    const added = '/knowledge/part-one\n\nhttps://pool.example/knowledge/part-two/?x=1\n/knowledge/part-three'
    const { headers } = await post(browser, page, { ...form, added }).expect(303)
    expect(headers.location).to.equal(`${page}/desk-handbook`)
    const shown = (await browser.get(headers.location as string).expect(200)).text
    expect(headingOf(shown)).to.equal('Desk handbook')
    expect(shown).to.include('For <strong>new</strong> colleagues.')
    expect(partsOn(shown)).to.deep.equal(['Part one', 'Part two', 'Part three'])
    const typed = await opened('desk-handbook')
    expect(typed).to.include({ 'place:part-one': '1', 'place:part-two': '2', 'place:part-three': '3', revision: '1', owner: 'me' })
    await post(browser, `${page}/desk-handbook`, { ...typed, 'place:part-three': '1.5', 'place:part-two': '' }).expect(303)
    expect(partsOn((await browser.get(`${page}/desk-handbook`)).text)).to.deep.equal(['Part one', 'Part three'])
    const again = await opened('desk-handbook')
    await post(browser, `${page}/desk-handbook`, { ...again, added: '/knowledge/part-two\n/knowledge/part-one' }).expect(303)
    expect(partsOn((await browser.get(`${page}/desk-handbook`)).text)).to.deep.equal(['Part one', 'Part three', 'Part two'])
  })

  it('are named on the pages of their articles, with what comes before and after', async () => {
    const $ = load((await browser.get('/knowledge/part-three').expect(200)).text)
    const links = $('.part-of a')
      .toArray()
      .map(link => [$(link).attr('href'), $(link).text()])
    expect(links).to.deep.equal([
      [`${page}/desk-handbook`, 'Desk handbook'],
      ['/knowledge/part-one', 'Part one'],
      ['/knowledge/part-two', 'Part two'],
    ])
    expect((await browser.get(`/knowledge/${(await anArticle(site, member)).slug}`)).text).to.not.include('class="part-of"')
  })

  it('are printed as a whole, with headings below those of the collection', async () => {
    const $ = load((await browser.get(`${page}/desk-handbook/whole`).expect(200)).text)
    const outline = $('main :is(h1, h2, h3)')
      .toArray()
      .map(heading => `${heading.tagName} ${$(heading).text()}`)
    expect(outline).to.deep.equal([
      ...['h1 Desk handbook', 'h2 Contents'],
      ...['one', 'three', 'two'].flatMap(name => [`h2 Part ${name}`, `h3 Deep ${name}`]),
    ])
    expect($('.marking')).to.have.length(0)
    const sensitive = { marking: 'OFFICIAL-SENSITIVE' as const, visibility: 'organisation' as const }
    const { _id } = await anArticle(site, member, sensitive)
    await aCollection(site, member, { slug: 'marked', articleIds: [_id] })
    expect(
      load((await browser.get(`${page}/marked/whole`)).text)('.marking')
        .first()
        .text(),
    ).to.include('OFFICIAL-SENSITIVE')
  })

  it('are found by words of their title and summary, as a type of their own', async () => {
    await site.services.indexer.settled()
    for (const words of ['desk handbook', 'colleagues'])
      expect((await browser.get(`/search?q=${encodeURIComponent(words)}&type=collection`).expect(200)).text).to.include(
        `${page}/desk-handbook"`,
      )
    expect((await browser.get('/search?q=handbook').expect(200)).text).to.include('id="group-collection"')
    expect((await browser.get(page).expect(200)).text).to.match(/Desk handbook<\/a>.*3 articles/s)
  })

  it('say what is wrong beside the field, and keep what was typed', async () => {
    const wrong = { ...form, title: '', added: '/knowledge/part-one\n/knowledge/nowhere', visibility: 'team' }
    const { text } = await post(browser, page, wrong).expect(422)
    expect(problemsOn(text)).to.have.property('title', 'Enter a title')
    const second = await post(browser, page, { ...wrong, title: 'x' }).expect(422)
    expect(problemsOn(second.text).added).to.include('no article at “/knowledge/nowhere”')
    expect(problemsOn(second.text).visibility).to.include('choose the team as owner')
    expect(formOn(second.text)).to.include({ added: wrong.added, summary: form.summary })
    const typed = await opened('desk-handbook')
    const misplaced = await post(browser, `${page}/desk-handbook`, { ...typed, 'place:part-one': 'first' }).expect(422)
    expect(problemsOn(misplaced.text)['place:part-one']).to.include('Enter the place of “Part one” as a number')
    expect(formOn(misplaced.text)).to.have.property('place:part-one', 'first')
  })

  it('keep in place what their editor may not read, and overwrite nothing that was saved meanwhile', async () => {
    const other = await aPerson(site)
    const hidden = await anArticle(site, other, { visibility: 'organisation', title: 'Hidden' })
    const [one, two] = articles as [Article, Article]
    await aCollection(site, member, { slug: 'mixed', articleIds: [one._id, hidden._id, two._id] })
    const typed = await opened('mixed')
    await post(browser, `${page}/mixed`, { ...typed, 'place:part-one': '9' }).expect(303)
    expect((await kept('mixed')).articleIds).to.deep.equal([two._id, hidden._id, one._id])
    const late = await post(browser, `${page}/mixed`, typed).expect(409)
    expect(late.text).to.include('Somebody saved this collection')
    expect((await kept('mixed')).revision).to.equal(2)
  })

  it('are changed by their owner, its team and the editors of its organisation alone', async () => {
    await aCollection(site, member, { slug: 'of-the-desk', owner: { teamId: team._id } })
    const who = {
      colleague: await aPerson(site, { organisation: own }),
      ofTeam: await aPerson(site, { organisation: own, teamIds: [team._id] }),
      editor: await aPerson(site, { organisation: own, roles: ['editor'] }),
      editorElsewhere: await aPerson(site, { roles: ['editor'] }),
    }
    for (const [name, status] of Object.entries({ colleague: 403, ofTeam: 200, editor: 200, editorElsewhere: 403 })) {
      const by = await site.signInAs(who[name as keyof typeof who])
      expect((await by.get(`${page}/of-the-desk/edit`)).status, name).to.equal(status)
      if (status === 403) for (const path of ['', '/delete']) await post(by, `${page}/of-the-desk${path}`, form).expect(403)
    }
    await post(await site.signInAs(who.ofTeam), `${page}/of-the-desk/delete`, {}).expect(303)
    await browser.get(`${page}/of-the-desk`).expect(404)
  })

  it('are handed over when their owner leaves', async () => {
    const leaver = await aPerson(site, { organisation: own })
    const collection = await aCollection(site, leaver, { slug: 'left-behind', visibility: 'team', owner: { personId: leaver._id } })
    const administrator = asReader(await aPerson(site, { organisation: own, roles: ['organisation administrator'] }))
    const ofCollections = collectionHandover(site.services)
    expect((await ofCollections.owned(administrator, [leaver])).get(leaver._id)).to.deep.equal([
      { id: collection._id, title: collection.title, href: `${page}/left-behind` },
    ])
    let told = 0
    const receiver = { name: 'Desk', teamId: team._id }
    const given = await ofCollections.handOver({ administrator, owner: leaver, receiver, handedOver: () => void told++ })
    expect([given, told]).to.deep.equal([1, 1])
    expect((await kept('left-behind')).owner).to.deep.equal({ teamId: team._id })
    expect((await browser.get(`${page}/left-behind`).expect(200)).text).to.include('href="/teams/desk"')
  })

  it('are imported, and imported again without a change', async () => {
    await importing(site, 'articles', [{ id: 'a', title: 'A', authors: ['Ann Author'], organisation: 'cheshire' }])
    const row = { id: 'h', title: 'Imported handbook', organisation: 'cheshire', owner: 'desk', articles: ['a'] }
    expect(await importing(site, 'collections', [row])).to.include({ added: 1, refused: 0 })
    expect(await importing(site, 'collections', [row])).to.include({ unchanged: 1, changed: 0 })
    expect(await importing(site, 'collections', [{ ...row, summary: 'More' }])).to.include({ changed: 1 })
    const { refusals } = await importing(site, 'collections', [
      { ...row, articles: ['none'] },
      { ...row, id: 'i', owner: 'nobody' },
    ])
    expect(refusals.map(({ reason }) => reason)).to.deep.equal([
      'there is no article "none"',
      'there is no team or person "nobody" to own it',
    ])
    expect((await kept('imported-handbook')).revision).to.equal(2)
  })
})
