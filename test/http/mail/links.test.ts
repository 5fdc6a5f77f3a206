import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { importedPerson, importing } from '../../support/importing.ts'
import { Mailbox } from '../../support/mailbox.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('links for a password that are mailed', () => {
  const clock = new MovableClock()
  const mailbox = new Mailbox()
  let site: TestSite
  let own: Organisation
  let browser: Browser

  before(async () => {
    site = await startTestSite({ clock, environment: await mailbox.open() })
    own = await anOrganisation(site, { name: 'Ellesmere' })
    browser = await site.signInAs(await aPerson(site, { organisation: own, roles: ['member', 'organisation administrator'] }))
  })
  beforeEach(() => {
    mailbox.letters.length = 0
  })
  after(async () => {
    await site.close()
    await mailbox.close()
  })

  const send = () => site.services.jobRunner.workOff()
  const linkIn = (letter = mailbox.letters.at(-1)) => new URL(/http:\S+\/links\/\S+/.exec(letter?.text ?? '')?.[0] ?? '').pathname
  const newcomer = (name: string, email: string) => ({ name, email, organisationId: own._id, role: '' })
  const choosePassword = (path: string) => site.visitor().post(path).type('form').send({ password: 'maple gallimaufry tiller' })

  it('invite somebody, without showing the link to the administrator', async () => {
    const answer = await browser
      .post('/admin/people')
      .type('form')
      .send({ ...newcomer('Ida New', 'ida@ellesmere.example'), send: 'mail' })
      .expect(303)
    const { text } = await browser.get(String(answer.headers.location)).expect(200)
    expect(text).to.include('on its way to Ida New, at ida@ellesmere.example').and.not.include('/links/')
    await send()
    const [letter] = mailbox.to('ida@ellesmere.example')
    expect(letter?.headers.subject).to.match(/^An invitation to /)
    expect(letter?.headers, 'nobody chooses whether it comes').to.not.have.property('list-unsubscribe')
    await site.visitor().get(linkIn()).expect(200)
    await choosePassword(linkIn()).expect(303)
    await site.visitor().get(linkIn()).expect(404)
  })

  it('are the same at each try, kept nowhere, and in no log', async () => {
    mailbox.refuses = () => '451 come back later'
    const person = await aPerson(site, { organisation: own })
    await browser.post(`/admin/people/${person.slug}/link`).type('form').send({ send: 'mail' }).expect(303)
    await send()
    mailbox.refuses = () => undefined
    clock.move(90_000)
    await send()
    const token = linkIn().split('/').at(-1) ?? ''
    expect(mailbox.letters[0]?.headers.subject).to.match(/^A new password for /)
    const kept = await Promise.all([site.services.models.mails.find().lean(), site.services.models.accessLinks.find().lean()])
    expect(kept.flat()).to.have.length.greaterThan(1)
    expect(JSON.stringify([kept, site.logged])).to.not.include(token)
    await choosePassword(`/links/${token}`).expect(303)
  })

  it('that were replaced before they were sent are not sent', async () => {
    const person = await aPerson(site, { organisation: own })
    await browser.post(`/admin/people/${person.slug}/link`).type('form').send({ send: 'mail' }).expect(303)
    const shown = await browser.post(`/admin/people/${person.slug}/link`).type('form').send({}).expect(200)
    await send()
    expect(mailbox.letters).to.deep.equal([])
    await site
      .visitor()
      .get(new URL(load(shown.text)('.govuk-inset-text').text().trim()).pathname)
      .expect(200)
  })

  it('invite several people at once, with the reason for whom not', async () => {
    await importing(site, 'people', [
      { id: '1', name: 'Ann One', organisation: own.slug, email: 'ann@ellesmere.example' },
      { id: '2', name: 'Ben Two', organisation: own.slug, email: 'ben@ellesmere.example' },
      { id: '3', name: 'Cat Three', organisation: own.slug },
    ])
    const people = await Promise.all(['Ann One', 'Ben Two', 'Cat Three'].map(async name => (await importedPerson(site, name))?.slug))
    const { text } = await browser.post('/admin/invitations').type('form').send({ people, as: 'mail' }).expect(200)
    expect(text).to.include('ann@ellesmere.example').and.include('Cat Three has no e-mail address').and.not.include('/links/')
    await send()
    expect(mailbox.letters.map(({ to }) => to).sort()).to.deep.equal(['ann@ellesmere.example', 'ben@ellesmere.example'])
    for (const letter of mailbox.letters) await site.visitor().get(linkIn(letter)).expect(200)
  })

  it('let somebody who left return', async () => {
    const person = await aPerson(site, { name: 'Rex Return', organisation: own })
    await site.services.leavers.leave(person)
    await browser.post(`/admin/people/${person.slug}/return`).type('form').send({ send: 'mail' }).expect(303)
    await send()
    expect(mailbox.letters.map(({ to }) => to)).to.deep.equal([person.email])
  })
})
