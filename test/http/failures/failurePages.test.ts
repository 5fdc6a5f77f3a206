import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { load } from 'cheerio'
import { aPerson } from '../../support/builders.ts'
import { headingOf, linksOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('a page that says what went wrong', () => {
  let site: TestSite
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey', colour: '#7a1f5c' })
    await site.services.models.settings.create({ _id: 'help', help: { name: 'ICT desk', email: 'desk@cheshire.example' } })
    await site.services.knownSettings.read()
    browser = await site.signInAs(await aPerson(site))
  })
  after(() => site.close())

  /** With what every page has, and somebody to ask. */
  function isWhole(html: string): void {
    const $ = load(html)
    expect($('header, main, footer')).to.have.length(3)
    expect($('h1')).to.have.length(1)
    expect($('.failure').text()).to.include('ICT desk')
    expect($('.failure a[href="mailto:desk@cheshire.example"]')).to.have.length(1)
    expect($('link[rel=stylesheet]')).to.have.length(2)
    expect(html).to.include('name="color-scheme" content="light dark"')
  }

  const places = (html: string) => linksOn(html).filter(href => href.startsWith('/'))

  it('leads on from an address that is nothing, visitors and those who are signed in', async () => {
    const forVisitors = (await site.visitor().get('/nowhere').expect(404)).text
    isWhole(forVisitors)
    expect(places(forVisitors)).to.deep.equal(['/sign-in', '/'])
    const forPeople = (await browser.get('/nowhere').expect(404)).text
    isWhole(forPeople)
    expect(places(forPeople)).to.deep.equal(['/search', '/'])
    expect(load(forPeople)('form[action="/search"]')).to.have.length(1)
  })

  it('leads on from what somebody may not do', async () => {
    const { text } = await browser.get('/admin/settings').expect(403)
    isWhole(text)
    expect(places(text)).to.deep.equal(['/', '/search'])
    const forVisitors = (await site.visitor().get('/first-run?token=wrong')).text
    isWhole(forVisitors)
  })

  it('says what to do with what was too much', async () => {
    const { text } = await browser
      .post('/skills')
      .type('form')
      .send({ text: 'x'.repeat(600 * 1024) })
      .expect(413)
    isWhole(text)
    expect(text).to.include('nothing was saved. Go back in your browser')
  })

  it('offers to try again what failed here, with the number to tell, but never to send a form once more', async () => {
    const { search } = site.services
    const searching = search.search
    Object.assign(search, { search: () => Promise.reject(new Error('the wheels came off')) })
    const answer = await browser.get('/search?q=vm%22ware&type=article').expect(500)
    Object.assign(search, { search: searching })
    isWhole(answer.text)
    expect(places(answer.text)).to.deep.equal(['/search?q=vm%22ware&type=article', '/'])
    expect(load(answer.text)('.failure code').text()).to.equal(answer.headers['x-request-id'])

    const { articleWriting } = site.services
    const { create } = articleWriting
    Object.assign(articleWriting, { create: () => Promise.reject(new Error('the wheels came off')) })
    const form = { title: 'A', text: 'B', kind: 'how-to', visibility: 'partnership' }
    const sent = await browser.post('/knowledge').type('form').send(form).expect(500)
    Object.assign(articleWriting, { create })
    expect(places(sent.text)).to.deep.equal(['/'])
  })

  it('never leads to another site', async () => {
    for (const path of ['//evil.example/', '/\\evil.example', '/%5cevil.example']) {
      Object.assign(site.services.storageWatch, { misses: 2 })
      const { text } = await site.visitor().get(path).expect(503)
      Object.assign(site.services.storageWatch, { misses: 0 })
      for (const href of places(text)) expect(new URL(href, 'http://here.invalid').origin, path).to.equal('http://here.invalid')
    }
  })

  it('asks no database while there is none, and has the name, the colour and whom to ask all the same', async () => {
    const client = site.services.storage.connection.getClient()
    await site.services.indexer.stop()
    const commands: string[] = []
    const count = ({ commandName }: { commandName: string }) => commands.push(commandName)
    client.on('commandStarted', count)
    Object.assign(site.services.storageWatch, { misses: 2 })
    const answers = [await browser.get('/people'), await site.visitor().get('/sign-in'), await site.visitor().get('/privacy')]
    Object.assign(site.services.storageWatch, { misses: 0 })
    client.off('commandStarted', count)
    site.services.indexer.start()
    expect(commands).to.deep.equal([])
    for (const { status, text, headers } of answers) {
      expect(status).to.equal(503)
      expect(Number(headers['retry-after'])).to.be.greaterThan(0)
      isWhole(text)
      expect(load(text)('title').text()).to.include('Mersey')
    }
    expect(answers.map(({ text }) => places(text))).to.deep.equal([['/people'], ['/'], ['/privacy']])
    await browser.get('/people').expect(200)
  })

  it('is whole when too many ask at once', async () => {
    const { partnership } = site.services
    const { exists } = partnership
    const waiting: (() => void)[] = []
    Object.assign(partnership, { exists: () => new Promise(resolve => waiting.push(() => resolve(true))) })
    const server = site.app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const ask = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const asked = Array.from({ length: 140 }, ask)
    let refused = await ask()
    for (let tries = 0; refused.status !== 503 && tries < 5; tries++) refused = await ask()
    const text = await refused.text()
    Object.assign(partnership, { exists })
    for (const answer of waiting) answer()
    expect((await Promise.all(asked)).every(({ status }) => status === 200 || status === 503)).to.equal(true)
    server.close()
    expect(refused.status).to.equal(503)
    isWhole(text)
    expect(headingOf(text)).to.include('More people ask')
  })
})
