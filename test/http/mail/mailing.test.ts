import { expect } from 'chai'
import { load } from 'cheerio'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { aPerson, aSkill } from '../../support/builders.ts'
import { Mailbox } from '../../support/mailbox.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { scrape } from '../../support/scrape.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const hourMs = 3_600_000

describe('mail', () => {
  const clock = new MovableClock()
  const mailbox = new Mailbox()
  let site: TestSite
  let skill: Skill
  let ada: Account
  let browser: Browser
  let keeper: Account
  let ofKeeper: Browser

  before(async () => {
    site = await startTestSite({ clock, environment: await mailbox.open() })
    skill = await aSkill(site, { name: 'VMware' })
    keeper = await aPerson(site, { name: 'Kim Keeper', roles: ['member', 'partnership administrator'] })
    ofKeeper = await site.signInAs(keeper)
  })
  beforeEach(async () => {
    mailbox.letters.length = 0
    mailbox.refuses = () => undefined
    ada = await aPerson(site, { name: 'Ada Asker', skills: [{ skillId: skill._id, level: 'expert', willing: [] }] })
    browser = await site.signInAs(ada)
  })
  after(async () => {
    await site.close()
    await mailbox.close()
  })

  async function confirmedBy(name: string, person = ada): Promise<Account> {
    const colleague = await aPerson(site, { name })
    const confirming = (await site.signInAs(colleague)).post(`/people/${person.slug}/skills/vmware/confirmations`)
    await confirming.type('form').send({}).expect(303)
    return colleague
  }
  const choose = (delivery: string, kind = 'skill-confirmed', from = browser) =>
    from
      .post('/account/notifications')
      .type('form')
      .send({ [kind]: delivery })
      .expect(303)
  const send = () => site.services.jobRunner.workOff()
  /** Past the next seven o'clock. */
  async function nextDay() {
    clock.move(24 * hourMs)
    await send()
  }
  const outbox = async () => (await ofKeeper.get('/admin/mail').expect(200)).text

  it('at once comes with the words, a link, how to end it, and a Message-ID of its own', async () => {
    await choose('now')
    await confirmedBy('Ben Cole')
    await send()
    const [letter, ...others] = mailbox.to(ada.email)
    expect(others).to.deep.equal([])
    expect(letter?.headers).to.include({
      subject: 'A colleague confirmed a skill of yours',
      from: 'Skillpool <skillpool@pool.example>',
      'auto-submitted': 'auto-generated',
    })
    expect(letter?.headers['message-id']).to.match(/^<notification-[0-9a-f]+@pool\.example>$/)
    const href = `http://pool.example/people/${ada.slug}/skills/vmware/confirmations`
    expect(letter?.text)
      .to.include('Hello Ada Asker,')
      .and.include('Ben Cole confirmed your skill VMware')
      .and.include(href)
      .and.include('http://pool.example/account/notifications')
    expect(load(letter?.html ?? '')(`a[href="${href}"]`).text()).to.equal('Ben Cole confirmed your skill VMware')
    expect(await outbox()).to.include('Notification, to Ada Asker')
    await send()
    expect(mailbox.letters).to.have.length(1)
  })

  it('of the day is one, in the morning, without what was read in the site by then', async () => {
    await confirmedBy('Ben Cole')
    await confirmedBy('Carl Rowe')
    await confirmedBy('Dan Read')
    await send()
    expect(mailbox.letters).to.deep.equal([])
    const read =
      load((await browser.get('/notifications')).text)('.notification form')
        .first()
        .attr('action') ?? ''
    await browser.post(read).expect(303)
    await nextDay()
    const [letter, ...others] = mailbox.letters
    expect(others).to.deep.equal([])
    expect(letter?.headers.subject).to.equal('2 notifications')
    expect(letter?.text).to.include('Ben Cole').and.include('Carl Rowe').and.not.include('Dan Read')
    await nextDay()
    expect(mailbox.letters).to.have.length(1)
  })

  it('is not sent to whoever wants it in the site only, or chose so before it was sent', async () => {
    await choose('site')
    await confirmedBy('Ben Cole')
    await choose('daily')
    await confirmedBy('Carl Rowe')
    await choose('site')
    await nextDay()
    expect(mailbox.letters).to.deep.equal([])
    const { text } = await browser.get('/account/notifications').expect(200)
    expect(formOn(text, '/account/notifications'))
      .to.include({ 'skill-confirmed': 'site', 'handed-over': 'now' })
      .and.not.have.property('profile-reported')
    const refused = await browser.post('/account/notifications').type('form').send({ 'skill-confirmed': 'hourly' }).expect(422)
    expect(problemsOn(refused.text)).to.deep.equal({ 'skill-confirmed': 'Choose how you want to be told' })
  })

  it('says nothing that its reader may not see by then, and nothing to whoever is suspended or has chosen no password', async () => {
    const hidden = await confirmedBy('Hid Hidden')
    await confirmedBy('Ben Cole')
    const suspended = await aPerson(site, { skills: ada.skills })
    const invited = await aPerson(site, { skills: ada.skills })
    for (const person of [suspended, invited]) await confirmedBy('Carl Rowe', person)
    await site.services.people.suspend(hidden)
    await ofKeeper.post(`/admin/people/${suspended.slug}/suspend`).type('form').send({}).expect(303)
    await site.services.models.accounts.updateOne({ _id: invited._id }, { $unset: { passwordHash: 1 } })
    await nextDay()
    expect(mailbox.letters.map(({ to }) => to)).to.deep.equal([ada.email])
    expect(mailbox.letters[0]?.text, 'twin: of another').to.include('Ben Cole').and.not.include('Hid Hidden')
    expect(await outbox()).to.include('has no account that they can use')
  })

  it('ends by one click of the program that shows it, without signing in; a look ends nothing', async () => {
    await choose('now')
    await confirmedBy('Ben Cole')
    await send()
    const { headers } = mailbox.letters[0] ?? { headers: {} as Record<string, string> }
    expect(headers['list-unsubscribe-post']).to.equal('List-Unsubscribe=One-Click')
    const { pathname } = new URL(/<(.+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1] ?? '')
    const click = (path: string) => site.visitor().post(path).unset('Sec-Fetch-Site').type('form').send({ 'List-Unsubscribe': 'One-Click' })
    expect(formOn((await site.visitor().get(pathname).expect(200)).text, pathname)).to.deep.equal({})
    const chosen = async () => formOn((await browser.get('/account/notifications')).text, '/account/notifications')['skill-confirmed']
    expect(await chosen()).to.equal('now')
    for (const wrong of [
      pathname.replace('skill-confirmed', 'handed-over'),
      `${pathname}x`,
      '/unsubscribe/x',
      `/unsubscribe/${ada._id}.daily.`,
    ])
      await click(wrong).expect(404)
    const answer = await click(pathname).expect(200)
    expect(answer.headers).to.not.have.property('set-cookie')
    expect(await chosen()).to.equal('site')
    await confirmedBy('Carl Rowe')
    await send()
    expect(mailbox.letters).to.have.length(1)
  })

  it('of the day ends for all that comes with it', async () => {
    await choose('now', 'handed-over')
    await confirmedBy('Ben Cole')
    await nextDay()
    const address = /<(.+)>/.exec(mailbox.letters[0]?.headers['list-unsubscribe'] ?? '')?.[1] ?? ''
    await site.visitor().post(new URL(address).pathname).type('form').send({}).expect(200)
    const form = formOn((await browser.get('/account/notifications')).text, '/account/notifications')
    expect(form).to.include({ 'skill-confirmed': 'site', 'new-matches': 'site', 'handed-over': 'now' })
  })

  it('that the mail server does not take for good is given up with the reason; an administrator sends it again or puts it away', async () => {
    mailbox.refuses = address => (address === ada.email ? '550 there is nobody of this name' : undefined)
    await choose('now')
    await confirmedBy('Ben Cole')
    await send()
    const text = await outbox()
    expect(text).to.include('Given up').and.include('there is nobody of this name')
    expect((await scrape(site)).value('skillpool_mails', { state: 'failed' })).to.equal(1)
    mailbox.refuses = () => undefined
    const again = load(text)('section[aria-labelledby=troubled] form[action$="/retry"]').attr('action') ?? ''
    await browser.post(again).expect(403)
    await ofKeeper.post(again).expect(303)
    await send()
    expect(mailbox.to(ada.email)).to.have.length(1)
    await ofKeeper.post(again).expect(409)
  })

  it('that it does not take at present is tried again later, under the same Message-ID', async () => {
    mailbox.refuses = () => '451 come back later'
    await choose('now')
    await confirmedBy('Ben Cole')
    await send()
    expect(await outbox())
      .to.include('come back later')
      .and.include('Tried again')
    mailbox.refuses = () => undefined
    await send()
    expect(mailbox.letters, 'not before its time').to.deep.equal([])
    clock.move(90_000)
    await send()
    expect(mailbox.letters).to.have.length(1)
  })

  it('is tested by an administrator', async () => {
    await ofKeeper.post('/admin/mail/test').type('form').send({}).expect(303)
    await send()
    expect(mailbox.to(keeper.email).map(({ headers }) => headers.subject)).to.deep.equal(['A test'])
    expect(mailbox.letters[0]?.headers).to.not.have.property('list-unsubscribe')
  })
})
