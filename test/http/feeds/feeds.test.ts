import { expect } from 'chai'
import { load } from 'cheerio'
import { SaxesParser } from 'saxes'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const awkward = 'Tom & <b>Jerry</b> "net" \u0007 \u{1F4A5}'

describe('feeds', () => {
  let site: TestSite
  let person: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    const organisation = await anOrganisation(site, { name: 'Halton', slug: 'halton' })
    const skill = await aSkill(site, { name: 'VMware' })
    person = await aPerson(site, { name: 'Ann <Author>', organisation })
    const about = { text: `**Strong** words & ${awkward}\n\n${'long '.repeat(200)}`, skillIds: [skill._id] }
    await anArticle(site, person, { ...about, title: awkward, slug: 'awkward', updatedAt: new Date('2026-03-01T10:00:00Z') })
    await anArticle(site, person, { ...about, title: 'Older tom', slug: 'older', updatedAt: new Date('2026-02-01T10:00:00Z') })
    await anArticle(site, person, { ...about, title: 'Draft tom', slug: 'my-draft', state: 'draft' })
    await site.services.indexer.settled()
    browser = await site.signInAs(person)
  })
  after(() => site.close())

  const renew = () => browser.post('/account/feeds').type('form').send({}).expect(303)
  const feedOf = async (page: string) =>
    load((await browser.get(page).expect(200)).text)('link[rel=alternate][type="application/atom+xml"]').attr('href')
  const fed = (address: string | undefined) =>
    site
      .visitor()
      .get(address ?? '/no-address')
      .set('Host', 'pool.example')

  it('are offered on no page before somebody makes their addresses', async () => {
    expect(await feedOf('/skills/vmware')).to.equal(undefined)
    expect((await browser.get('/skills/vmware')).text).to.include('/account#feeds')
    expect(await site.services.models.feedSecrets.countDocuments({})).to.equal(0)
  })

  for (const page of ['/search?q=tom', '/skills/vmware', '/organisations/halton'])
    it(`follow ${page} as valid Atom, published articles alone, the newest first, without a sign-in`, async () => {
      await renew()
      const answer = await fed(await feedOf(page)).expect(200)
      expect(answer.headers['content-type']).to.match(/^application\/atom\+xml; charset=utf-8/)
      expect(answer.headers['cache-control']).to.include('private')
      expect(answer.headers).to.not.have.property('set-cookie')
      const feed = parsed(bodyOf(answer))
      expect(faultsOf(feed)).to.deep.equal([])
      const entries = childrenOf(feed, 'entry')
      expect(entries.map(entry => textOf(entry, 'title'))).to.deep.equal([awkward.replace('\u0007', ''), 'Older tom'])
      expect(entries.map(entry => childrenOf(entry, 'link')[0]?.attributes.href)).to.deep.equal(
        ['awkward', 'older'].map(slug => new URL(`/knowledge/${slug}`, new URL(childrenOf(feed, 'link')[0]?.attributes.href ?? '')).href),
      )
      expect(entries.map(entry => textOf(childrenOf(entry, 'author')[0], 'name'))).to.deep.equal(['Ann <Author>', 'Ann <Author>'])
      expect(textOf(entries[0], 'summary'))
        .to.match(/^Strong words & Tom & <b>Jerry<\/b>/)
        .and.to.have.length.lessThan(310)
      expect(childrenOf(feed, 'link').find(({ attributes }) => attributes.rel === 'alternate')?.attributes.href).to.include(page)
    })

  it('answer 304 while nothing is new', async () => {
    await renew()
    const address = await feedOf('/skills/vmware')
    const { headers } = await fed(address).expect(200)
    expect(headers['last-modified']).to.equal('Sun, 01 Mar 2026 10:00:00 GMT')
    await fed(address)
      .set('If-None-Match', headers.etag ?? '')
      .expect(304)
    await fed(address)
      .set('If-Modified-Since', headers['last-modified'] ?? '')
      .expect(304)
    await fed(address).set('If-None-Match', '"another"').expect(200)
  })

  it('end when their addresses are made anew or ended', async () => {
    await renew()
    const first = await feedOf('/skills/vmware')
    await renew()
    const second = await feedOf('/skills/vmware')
    await fed(first).expect(404)
    await fed(second).expect(200)
    await browser.post('/account/feeds/delete').type('form').send({}).expect(303)
    await fed(second).expect(404)
    expect(await feedOf('/skills/vmware')).to.equal(undefined)
  })

  it('obey what the person may read and whether they may be here, at each request', async () => {
    const { people } = site.services
    const reader = await aPerson(site)
    const theirs = await site.signInAs(reader)
    await theirs.post('/account/feeds').type('form').send({}).expect(303)
    const signedIn = await site.services.accounts.signedIn(reader._id)
    const address = signedIn && (await site.services.feedAddresses.addressOf(signedIn, '/skills/vmware'))
    expect((await fed(address).expect(200).then(bodyOf)).includes('/knowledge/older')).to.equal(true)
    const { articles, articleWriting } = site.services
    const author = await site.services.accounts.signedIn(person._id)
    const older = author && (await articles.editable(author, 'older'))
    if (author === undefined || older === undefined) throw new Error('the author is gone')
    const content = { ...older, visibility: 'organisation' as const, publish: true, coAuthorIds: [], teamId: undefined }
    await articleWriting.save(author, 'older', content as unknown as Parameters<typeof articleWriting.save>[2])
    expect((await fed(address).expect(200).then(bodyOf)).includes('/knowledge/older')).to.equal(false)
    await site.services.models.accounts.updateOne({ _id: reader._id }, { $set: { suspendedAt: new Date() } })
    await fed(address).expect(404)
    await site.services.models.accounts.updateOne({ _id: reader._id }, { $unset: { suspendedAt: 1 } })
    await fed(address).expect(200)
    expect(await people.byId(reader._id)).to.include({ status: 'active' })
  })

  it('tell neither a stranger nor the log whose secret it is', async () => {
    await renew()
    const address = (await feedOf('/skills/vmware')) ?? ''
    const secret = address.split('/')[2] ?? ''
    const unknown = await fed(address.replace(secret, 'x'.repeat(43))).expect(404)
    expect(unknown.text).to.not.include('VMware')
    expect(secret).to.match(/^[\w-]{43}$/)
    expect(JSON.stringify(site.logged)).to.not.include(secret)
  })

  it('wait while the search engine is away, instead of bringing simple results as news', async () => {
    await renew()
    const address = await feedOf('/search?q=tom')
    site.engine.switchOff()
    const answer = await fed(address)
    site.engine.switchOn()
    expect([answer.status, answer.headers['retry-after']]).to.deep.equal([503, '300'])
  })
})

describe('what previews of links learn', () => {
  let site: TestSite
  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  it('is the same for a page that is there and one that is not: nothing but that one has to sign in', async () => {
    const person = await aPerson(site, { name: 'Secret Person', slug: 'secret-person' })
    await anArticle(site, person, { title: 'Secret plan', slug: 'there' })
    const metas = []
    for (const page of ['/knowledge/there', '/knowledge/missing', '/people/secret-person']) {
      const { text } = await site.visitor().get(page).redirects(1).expect(200)
      expect(text).to.not.match(/Secret (plan|person)/i)
      metas.push(load(text)('meta[property^="og:"]').toString())
    }
    expect(new Set(metas).size).to.equal(1)
    expect(metas[0]).to.include('Sign in to read it')
  })

  it('is said by no page behind the sign-in', async () => {
    const browser = await site.signInAs(await aPerson(site))
    for (const page of ['/', '/people', '/account']) expect((await browser.get(page)).text).to.not.include('og:')
  })
})

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** What a strict parser makes of it: what is not well-formed throws. */
function parsed(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', text => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  return root.children[0] as Element
}

const childrenOf = (element: Element | undefined, name: string) => (element?.children ?? []).filter(child => child.name === name)
const textOf = (element: Element | undefined, name: string) => childrenOf(element, name)[0]?.text
const bodyOf = ({ text, body }: { text: string; body: unknown }) => text ?? (body as Buffer).toString('utf8')

/** What RFC 4287 asks of a feed and its entries. */
function faultsOf(feed: Element): string[] {
  const faults = feed.attributes.xmlns === 'http://www.w3.org/2005/Atom' ? [] : ['the namespace']
  for (const element of [feed, ...childrenOf(feed, 'entry')]) {
    for (const name of ['id', 'title', 'updated'])
      if (childrenOf(element, name).length !== 1 || textOf(element, name) === '') faults.push(`${element.name} ${name}`)
    if (Number.isNaN(Date.parse(textOf(element, 'updated') ?? ''))) faults.push('a date')
    for (const { attributes } of childrenOf(element, 'link'))
      if (!/^https?:\/\//.test(attributes.href ?? '')) faults.push('a relative link')
  }
  const ids = childrenOf(feed, 'entry').map(entry => textOf(entry, 'id'))
  if (new Set(ids).size < ids.length) faults.push('an id twice')
  return faults
}
