import { expect } from 'chai'
import { load } from 'cheerio'
import mongoose from 'mongoose'
import type { Person } from '../../../server/people/personModel.ts'
import { anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { formOn } from '../../support/pageForm.ts'
import { scrape } from '../../support/scrape.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

/** Each stands in one kind of thing that people type or that is kept about them. */
const planted = {
  name: 'Zanzibella',
  email: 'quartzina',
  organisation: 'Holmfirthia',
  team: 'Ribbonkeepers',
  skill: 'Glassharping',
  about: 'yellowbrick',
  title: 'Marzipanning',
  text: 'cobblestoned',
  searched: 'thunderplump',
  address: 'snollygoster',
  password: 'wrongfulnesses',
  newPassword: 'maple gallimaufry tiller',
}

const published = Object.fromEntries([['then', 'publish']])
const metricsToken = 'widdershins-widdershins'
const wordsIn = (text: string, secrets: readonly string[]) => secrets.filter(word => text.toLowerCase().includes(word.toLowerCase()))

describe('what the log and the metrics tell', () => {
  let site: TestSite
  let person: Person & { email: string }
  /** Words that a journey brought with it, besides the planted ones. */
  const secrets: string[] = [...Object.values(planted), metricsToken]

  before(async () => {
    site = await startTestSite({ environment: { LOG_LEVEL: 'debug' } })
    const organisation = await anOrganisation(site, { name: `${planted.organisation} Council` })
    await aTeam(site, organisation, { name: planted.team })
    await aSkill(site, { name: planted.skill })
    person = await aPerson(site, {
      name: `${planted.name} Holder`,
      email: `${planted.email}@example.org`,
      organisation,
      about: planted.about,
      roles: ['member', 'partnership administrator'],
    })
    await site.services.indexer.settled()
    await journey()
  })
  after(() => site.close())

  async function journey(): Promise<void> {
    const wrong = { email: person.email, password: planted.password }
    await site.visitor().post('/sign-in').type('form').send(wrong).expect(422)
    const browser = await site.signInAs(person)
    const sent = browser.get('/').set('X-Request-Id', planted.address.repeat(9))
    await sent.set({ Authorization: `Bearer ${metricsToken}`, Referer: `/search?q=${planted.searched}` }).expect(200)
    await pages(browser)
    await writing(browser)
    await link(browser)
    await faults(browser)
    const cookie = (
      await site
        .visitor()
        .post('/sign-in')
        .type('form')
        .send({ ...wrong, password: 'a long enough password' })
    ).headers['set-cookie']
    secrets.push(/=([^;]+)/.exec(String(cookie))?.[1] as string)
  }

  async function pages(browser: Browser): Promise<void> {
    const addresses = ['/people', `/people/${person.slug}`, '/organisations', '/skills', '/knowledge', '/admin/people', '/metrics']
    for (const address of addresses) await browser.get(address).set('Authorization', `Bearer ${metricsToken}`).expect(200)
    for (const asked of [planted.searched, planted.name, `"${planted.title}" skill:"${planted.skill}"`, `-${planted.text} organisation:x`])
      await browser.get(`/search?q=${encodeURIComponent(asked)}&type=article`).expect(200)
    for (const address of [
      `/${planted.address}`,
      `/knowledge/${planted.address}`,
      `/admin/people?name=${planted.name}`,
      `/assets/${planted.address}.css`,
    ])
      await browser.get(address)
    await site.visitor().get(`/people/${planted.address}?back=${planted.searched}`)
  }

  async function writing(browser: Browser): Promise<void> {
    const article = {
      title: `${planted.title} for all`,
      text: planted.text,
      kind: 'how-to',
      visibility: 'partnership',
      ...published,
    }
    const made = await browser.post('/knowledge').type('form').send(article)
    expect(made.status, made.text).to.equal(303)
    await browser
      .post('/knowledge')
      .type('form')
      .send({ ...article, title: '' })
      .expect(422)
    await changeProfile(browser, `${planted.about} layer`)
    await site.services.indexer.settled()
  }

  async function changeProfile(browser: Browser, role: string): Promise<void> {
    const path = `/people/${person.slug}/edit/name`
    const form = formOn((await browser.get(path).expect(200)).text)
    await browser
      .post(path)
      .type('form')
      .send({ ...form, role })
      .expect(303)
  }

  async function link(browser: Browser): Promise<void> {
    const colleague = await aPerson(site, { organisationId: person.organisationId })
    const shown = await browser.post(`/admin/people/${colleague.slug}/link`).type('form').send({}).expect(200)
    const { pathname } = new URL(load(shown.text)('.govuk-inset-text').text().trim())
    secrets.push(pathname.split('/').at(-1) as string)
    await site.visitor().get(pathname).expect(200)
    await site.visitor().post(pathname).type('form').send({ password: planted.newPassword }).expect(303)
    await site.visitor().get(pathname).expect(404)
    await site.visitor().get(`/first-run?token=${planted.address}`)
  }

  /** What libraries throw repeats what they were given. */
  async function faults(browser: Browser): Promise<void> {
    const { search } = site.services
    const searching = search.search
    for (const error of await thrownByLibraries()) {
      Object.assign(search, { search: () => Promise.reject(error) })
      expect((await browser.get(`/search?q=${planted.searched}`)).status).to.equal(500)
    }
    Object.assign(search, { search: searching })
    site.engine.switchOff()
    await browser.get(`/search?q=${planted.searched}`).expect(200)
    site.engine.switchOn()
    site.engine.refuses = () =>
      `failed to parse field [date] in document. Preview of field's value: '${planted.text} "and" ${planted.title}'`
    await changeProfile(browser, planted.about)
    await site.services.indexer.settled()
    site.engine.refuses = () => undefined
  }

  async function thrownByLibraries(): Promise<unknown[]> {
    const { accounts, settings } = site.services.models
    const duplicate = accounts.create([{ _id: 'another', email: person.email, createdAt: new Date(), round: 0 }])
    const cast = settings.find({ createdAt: planted.text as never })
    const invalid = new settings({ _id: 'partnership', createdAt: planted.title as never }).validate()
    const errors = await Promise.all(
      [duplicate, cast.exec(), invalid].map(work =>
        work.then(
          () => undefined,
          error => error,
        ),
      ),
    )
    expect(errors.map(error => (error as Error)?.name)).to.deep.equal(['MongoServerError', 'CastError', 'ValidationError'])
    for (const error of errors) expect(wordsIn(String((error as Error).message), secrets), String(error)).to.not.deep.equal([])
    const asked = { statusCode: 400, body: { error: { type: 'parsing_exception', reason: planted.searched } } }
    const refused = Object.assign(new Error(`parsing_exception: ${planted.searched}`), { name: 'ResponseError', meta: asked, ...asked })
    const uri = new mongoose.mongo.MongoParseError(`mongodb://skillpool:${planted.password}@mongo.example/skillpool is no address`)
    return [...errors, refused, uri, { thrown: planted.text }]
  }

  it('is nothing that people typed, are called or keep secret', async () => {
    const log = site.logged.map(line => JSON.stringify(line))
    expect(log.length, 'something was logged').to.be.greaterThan(30)
    expect(log.filter(line => wordsIn(line, secrets).length > 0)).to.deep.equal([])
    const { text } = await scrape(site)
    expect(text).to.include('route="/links/:token"').and.include('route="/knowledge/:slug"')
    expect(wordsIn(text, secrets)).to.deep.equal([])
    expect(secrets).to.have.length(Object.keys(planted).length + 3)
  })

  it('is whom it was for, by id, with the stack of each failure', () => {
    expect(site.logged.filter(({ personId }) => personId === person._id).length).to.be.greaterThan(15)
    const failures = site.logged.filter(({ level, err }) => level === 50 && err !== undefined)
    expect(failures).to.have.length(6)
    for (const { err } of failures.slice(0, 5)) expect((err as { stack: string }).stack).to.include('\n    at ')
  })

  it('would show such a word if somebody logged it, and then this check would find it', () => {
    const before = site.logged.length
    for (const word of secrets) site.services.log.info({ note: word }, 'careless')
    const found = site.logged.slice(before).map(line => wordsIn(JSON.stringify(line), secrets))
    expect(found.filter(words => words.length === 0)).to.deep.equal([])
    site.logged.length = before
  })
})
