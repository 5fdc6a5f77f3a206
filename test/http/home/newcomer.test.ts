import { expect } from 'chai'
import { load } from 'cheerio'
import type { Person } from '../../../server/people/personModel.ts'
import { aPerson, aSkill } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('the first steps of a newcomer', () => {
  let site: TestSite
  let person: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    for (const name of ['First of three', 'Second of three', 'Third of three']) await aSkill(site, { name })
  })
  beforeEach(async () => {
    person = await aPerson(site)
    browser = await site.signInAs(person)
  })
  after(() => site.close())

  const home = async () => load((await browser.get('/').expect(200)).text)
  const progress = async () => (await home())('.first-steps .progress').text().trim()
  const open = async () =>
    (await home())('.first-steps li a')
      .toArray()
      .map(link => link.attribs.href)

  async function save(section: string, typed: object): Promise<void> {
    const address = `/people/${person.slug}/edit/${section}`
    const opened = load((await browser.get(address)).text)('input[name=opened]').val()
    await browser
      .post(address)
      .type('form')
      .send({ ...typed, opened })
      .expect(303)
  }

  async function completeProfile(): Promise<void> {
    await save('about', { about: 'Networks' })
    await save('contact', { email: '', phone: '01606 123456', workingPattern: '' })
  }

  async function addSkill(skill: string): Promise<void> {
    await browser.post(`/people/${person.slug}/skills`).type('form').send({ skill, level: 'working' }).expect(303)
  }

  it('are shown with how far they are, each with why, and are gone when all are done', async () => {
    const $ = await home()
    expect($('.first-steps progress').attr()).to.include({ value: '0', max: '4' })
    expect($('.first-steps li .muted')).to.have.length(4)
    expect(await open()).to.deep.equal([`/people/${person.slug}/edit`, `/people/${person.slug}/skills`, '/skills', '/search'])
    await completeProfile()
    expect(await progress()).to.equal('1 of 4 done')
    await addSkill('First of three')
    await addSkill('Second of three')
    expect(await progress()).to.equal('1 of 4 done')
    expect((await home())('.first-steps').text()).to.include('2 so far')
    await addSkill('Third of three')
    await browser.post('/following/skill/first-of-three').type('form').send({}).expect(303)
    expect(await progress()).to.equal('3 of 4 done')
    expect(await open()).to.deep.equal(['/search'])
    await browser.get('/search?q=networks').expect(200)
    expect((await home())('.first-steps')).to.have.length(0)
  })

  it('count a step as taken that was taken back: following, which ends with one press', async () => {
    await browser.post('/following/skill/first-of-three').type('form').send({}).expect(303)
    await browser.post('/following/skill/first-of-three/stop').type('form').send({}).expect(303)
    expect(await progress()).to.equal('1 of 4 done')
  })

  it('are not taken by opening the search without asking anything, or by a filter alone', async () => {
    for (const path of ['/search', '/search?q=', '/search?q=%20', '/search?q=a&q=b', '/search?kind=how-to'])
      await browser.get(path).expect(200)
    expect(await progress()).to.equal('0 of 4 done')
    await browser.get('/search?q=a').expect(200)
    expect(await progress()).to.equal('1 of 4 done')
  })

  it('stay hidden once hidden, also after signing in again, and for that person alone', async () => {
    await browser.post('/first-steps/hide').type('form').send({}).expect(303).expect('Location', '/')
    expect((await home())('.first-steps')).to.have.length(0)
    browser = await site.signInAs(person)
    expect((await home())('.first-steps')).to.have.length(0)
    browser = await site.signInAs(await aPerson(site))
    expect((await home())('.first-steps')).to.have.length(1)
  })
})
