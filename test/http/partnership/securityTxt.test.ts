import { expect } from 'chai'
import { aPerson } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const dayMs = 86_400_000

describe('/.well-known/security.txt', () => {
  const clock = new MovableClock()
  let site: TestSite
  let browser: Browser

  before(async () => {
    site = await startTestSite({ clock, environment: { PUBLIC_URL: 'http://pool.example/' } })
    browser = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
  })
  after(() => site.close())

  const read = () => site.visitor().get('/.well-known/security.txt')
  const settings = async () => (await browser.get('/admin/settings').expect(200)).text
  const name = async (securityContact: string) =>
    browser
      .post('/admin/settings/security')
      .type('form')
      .send({ ...formOn(await settings(), '/admin/settings/security'), securityContact })
  const fieldsOf = (text: string) =>
    Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map(line => line.split(/: (.*)/).slice(0, 2)),
    )

  it('is not there while nobody is named, which the settings say', async () => {
    expect((await read().expect(404)).headers).to.not.have.property('set-cookie')
    expect(await settings()).to.include('There is no security.txt until')
  })

  it('names the contact as RFC 9116 has it, and expires within a year', async () => {
    await (await name('Security@Cheshire.example')).status
    const { text, headers } = await read().expect(200)
    expect(headers['content-type']).to.equal('text/plain; charset=utf-8')
    const fields = fieldsOf(text)
    expect(Object.keys(fields)).to.deep.equal(['Contact', 'Expires', 'Preferred-Languages', 'Canonical'])
    expect(fields).to.include({
      Contact: 'mailto:Security@Cheshire.example',
      'Preferred-Languages': 'en',
      Canonical: 'http://pool.example/.well-known/security.txt',
    })
    expect(fields.Expires).to.match(/^\d{4}-\d\d-\d\dT00:00:00Z$/)
    const ahead = new Date(fields.Expires ?? '').getTime() - clock.now().getTime()
    expect(ahead)
      .to.be.greaterThan(100 * dayMs)
      .and.lessThan(365 * dayMs)
    expect(await settings()).to.not.include('There is no security.txt')
  })

  it('is renewed by itself', async () => {
    const before = fieldsOf((await read().expect(200)).text).Expires
    clock.move(30 * dayMs)
    browser = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    expect(fieldsOf((await read().expect(200)).text).Expires).to.not.equal(before)
  })

  it('takes an https address, and nothing that would be another line or another kind of address', async () => {
    await (await name('https://cheshire.example/report it?x=1')).status
    expect(fieldsOf((await read().expect(200)).text).Contact).to.equal('https://cheshire.example/report%20it?x=1')
    for (const contact of ['http://cheshire.example', 'javascript:alert(1)', 'somebody', 'https://']) {
      const answer = await name(contact)
      expect(answer.status, contact).to.equal(422)
      expect(problemsOn(answer.text)).to.have.keys('securityContact')
      expect(formOn(answer.text, '/admin/settings/security').securityContact).to.equal(contact)
    }
    await name('a@b.example\r\nContact: mailto:evil@evil.example')
    expect((await read()).text.match(/^Contact:/gm)).to.have.length(1)
    expect((await name('')).status).to.equal(303)
    await read().expect(404)
  })
})
