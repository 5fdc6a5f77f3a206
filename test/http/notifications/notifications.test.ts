import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const dayMs = 86_400_000

describe('notifications', () => {
  const clock = new MovableClock()
  let site: TestSite
  let organisation: Organisation
  let skill: Skill
  let ada: Account
  let browser: Browser
  let ben: Account
  let ofBen: Browser

  before(async () => {
    site = await startTestSite({ clock })
    organisation = await anOrganisation(site, { name: 'Halton' })
    skill = await aSkill(site, { name: 'VMware' })
    ben = await aPerson(site, { name: 'Ben Cole', organisation })
    ofBen = await site.signInAs(ben)
  })
  beforeEach(async () => {
    ada = await aPerson(site, { name: 'Ada Asker', organisation, skills: [{ skillId: skill._id, level: 'expert', willing: [] }] })
    browser = await site.signInAs(ada)
  })
  after(() => site.close())

  const listed = async (from = browser) => {
    const $ = load((await from.get('/notifications').expect(200)).text)
    return $('.notification')
      .toArray()
      .map(row => ({
        words: $(row).find('button').text(),
        action: $(row).find('form').attr('action') ?? '',
        isNew: $(row).is('.notification--unread'),
      }))
  }
  const words = async (from = browser) => (await listed(from)).map(one => one.words)
  const unread = async (from = browser, page = '/people') => load((await from.get(page).expect(200)).text)('.site-header__unread').text()
  const confirm = (person: Person, from = ofBen) =>
    from.post(`/people/${person.slug}/skills/vmware/confirmations`).type('form').send({}).expect(303)

  it('stand in the list, newest first, and are counted on every page until they are opened by a form', async () => {
    expect(await unread()).to.equal('')
    await browser.get('/notifications').expect(/Nothing yet/)
    await confirm(ada)
    const carl = await aPerson(site, { name: 'Carl Rowe' })
    clock.move(1_000)
    await confirm(ada, await site.signInAs(carl))
    expect(await words()).to.deep.equal(['Carl Rowe confirmed your skill VMware', 'Ben Cole confirmed your skill VMware'])
    expect(await unread()).to.equal('2')
    expect(await unread(browser, '/notifications'), 'a look changes nothing').to.equal('2')
    expect(load((await browser.get('/')).text)('.rows--plain a[href="/notifications"]').text()).to.equal(
      'Notifications that you have not read',
    )
    const [first] = await listed()
    await browser
      .post(first?.action ?? '')
      .expect(303)
      .expect('Location', `/people/${ada.slug}/skills/vmware/confirmations`)
    expect(await unread()).to.equal('1')
    expect((await listed()).map(({ isNew }) => isNew)).to.deep.equal([false, true])
    await browser.post('/notifications/read').expect(303).expect('Location', '/notifications')
    expect(await unread()).to.equal('')
    expect(await words()).to.have.length(2)
  })

  it('tell the same once, and nobody of their own deed', async () => {
    await confirm(ada)
    await ofBen.post(`/people/${ada.slug}/skills/vmware/confirmations/withdraw`).type('form').send({}).expect(303)
    expect(await words(), 'withdrawn').to.deep.equal([])
    expect(await unread()).to.equal('')
    await Promise.all([confirm(ada), confirm(ada)])
    expect(await words()).to.deep.equal(['Ben Cole confirmed your skill VMware'])
    const { notifications } = site.services
    const own = { kind: 'skill-confirmed', event: 'own', to: [ada._id, ada._id], subjectId: 'x', byId: ada._id }
    await notifications.tell(own)
    expect(await site.services.models.notifications.countDocuments({ personId: ada._id })).to.equal(1)
  })

  it('are their reader’s alone, and gone for a reader who may not see the subject any more', async () => {
    await confirm(ada)
    const [one] = await listed()
    await ofBen.post(one?.action ?? '').expect(404)
    await site.services.people.suspend(ben)
    expect([await words(), await unread()]).to.deep.equal([[], ''])
    await browser.post(one?.action ?? '').expect(404)
    await site.services.people.resume(ben)
    expect([await words(), await unread()]).to.deep.equal([['Ben Cole confirmed your skill VMware'], '1'])
  })

  it('come in pages that hidden ones leave no gap in', async () => {
    const { models } = site.services
    await confirm(ada)
    const [kept] = await models.notifications.find({ personId: ada._id }).lean()
    const more = Array.from({ length: 80 }, (_, place) => ({
      ...kept,
      _id: `${ada._id}-${place}`,
      personId: ada._id,
      kind: 'skill-confirmed',
      subjectId: place % 2 === 0 ? (kept?.subjectId ?? '') : 'hidden',
      at: new Date(Date.now() - place * 1_000),
    }))
    await models.notifications.insertMany(more)
    expect(await unread()).to.equal('9+')
    const pages: number[] = []
    for (let address: string | undefined = '/notifications'; address !== undefined; ) {
      const $ = load((await browser.get(address).expect(200)).text)
      pages.push($('.notification').length)
      address = $('.govuk-pagination__next a').attr('href')
    }
    expect(pages).to.deep.equal([30, 11])
    await browser.get('/notifications?before=nonsense').expect(200)
  })

  it('tell of a contested confirmation, as long as it is contested', async () => {
    await confirm(ada)
    const path = `/people/${ada.slug}/skills/vmware/confirmations/${ben.slug}`
    await browser.post(`${path}/contest`).type('form').send({ words: 'We never met.' }).expect(303)
    expect(await words(ofBen)).to.deep.equal(['Ada Asker contests that you confirmed VMware, and says why'])
    await browser.post(`${path}/show`).type('form').send({}).expect(303)
    expect(await words(ofBen)).to.deep.equal([])
  })

  it('tell those who proposed a skill what became of it', async () => {
    const keeper = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    const propose = async (name: string) => {
      await browser
        .post(`/people/${ada.slug}/skills`)
        .type('form')
        .send({ skill: name, level: 'working', propose: 'yes', why: 'x' })
        .expect(303)
      const [found] = await site.services.models.skillProposals.find({ name }).asSystem('a test looks').lean()
      return `/admin/skills/proposals/${found?._id}`
    }
    const [good, bad] = [await propose('Slate roofing'), await propose('Sand sculpting')]
    await keeper
      .post(`${good}/accept`)
      .type('form')
      .send({ name: 'Slate roofing', group: 'Roofs', aliases: '', description: '' })
      .expect(303)
    await keeper.post(`${bad}/decline`).type('form').send({ reason: 'No skill of ICT.' }).expect(303)
    expect(await words()).to.have.members([
      '“Slate roofing”, which you proposed, is in the skills vocabulary and on your profile',
      '“Sand sculpting”, which you proposed, was declined, with the reason',
    ])
    expect(await site.services.models.skillProposals.countDocuments({ unfinished: true }).asSystem('a test looks')).to.equal(0)
  })

  it('tell of a reported profile those who keep the account of its person, and nobody else', async () => {
    const own = await site.signInAs(await aPerson(site, { organisation, roles: ['member', 'organisation administrator'] }))
    const elsewhere = await site.signInAs(await aPerson(site, { roles: ['member', 'organisation administrator'] }))
    await ofBen.post(`/people/${ada.slug}/report`).type('form').send({ matter: 'left', words: '' }).expect(303)
    expect(await words(own)).to.deep.equal(['The profile of Ada Asker is reported'])
    for (const other of [elsewhere, browser, ofBen]) expect(await words(other)).to.not.include('The profile of Ada Asker is reported')
    const [report] = await site.services.models.profileReports.find({ personId: ada._id }).lean()
    await own.post(`/admin/reports/${report?._id}`).type('form').send({ outcome: 'nothing', note: '' }).expect(303)
    expect(await words(own)).to.deep.equal(['The profile of Ada Asker is reported, and answered by now'])
  })

  it('tell whoever receives it that something was handed over', async () => {
    const administrator = await site.signInAs(await aPerson(site, { organisation, roles: ['member', 'organisation administrator'] }))
    const leaver = await aPerson(site, { name: 'Lena Left', organisation })
    await anArticle(site, leaver)
    const path = `/admin/people/${leaver.slug}/handover`
    const form = formOn((await administrator.get(path).expect(200)).text, path)
    await administrator
      .post(path)
      .type('form')
      .send({ ...form, articles: ada.slug })
      .expect(303)
    expect(await words()).to.deep.equal(['What Lena Left had is yours now. Published articles: 1'])
  })

  it('tell once a day what was published in what somebody follows, as far as they may read it', async () => {
    await site.services.following.follow(asReader(ada), 'skill', { id: skill._id })
    const look = async () => {
      clock.move(dayMs)
      return site.services.followedNews.look(clock.now())
    }
    await look()
    const about = { skillIds: [skill._id] }
    const shared = await anArticle(site, ben, { ...about, title: 'Moving hosts', slug: 'moving-hosts' })
    await anArticle(site, ben, { ...about, title: 'Secret hosts', state: 'draft' })
    await anArticle(site, ada, { ...about, title: 'My own hosts' })
    expect(await look()).to.equal(1)
    expect(await look(), 'nothing new').to.equal(0)
    const [news, ...others] = await listed()
    expect([news?.words, others]).to.deep.equal(['New in what you follow: “Moving hosts”', []])
    await browser.post(news?.action ?? '').expect('Location', '/knowledge/moving-hosts')
    await ofBen.post(`/knowledge/${shared.slug}/delete`).type('form').send({}).expect(303)
    expect(await words()).to.deep.equal([])
  })

  it('tell of new matches of a saved search, the newest of each alone, and are read when these are looked at', async () => {
    await browser
      .post('/saved-searches')
      .type('form')
      .send({ name: 'Turbines', alert: 'daily', query: 'q=turbines&type=article' })
      .expect(303)
    for (const title of ['Turbines one', 'Turbines two']) {
      await anArticle(site, ben, { title })
      clock.move(dayMs)
      await site.services.indexer.settled()
      await site.services.newMatches.look()
    }
    expect(await words()).to.deep.equal(['2 new in your saved search “Turbines”'])
    const [saved] = await site.services.savedSearches.list(asReader(ada))
    const path = `/saved-searches/${saved?._id}`
    const looked = formOn((await browser.get(path).expect(200)).text, `${path}/looked`)
    expect(await unread(), 'nothing changes by reading a page').to.not.equal('')
    await browser.post(`${path}/looked`).type('form').send(looked).expect(303)
    expect(await unread()).to.equal('')
  })

  it('go with whoever leaves: theirs, and those about what they did', async () => {
    await confirm(ada)
    await site.services.notificationChoices.choose(ada._id, new Map([['skill-confirmed', 'site']]))
    await site.services.leavers.leave(ada)
    const { notifications, notificationChoices } = site.services.models
    expect(await notifications.countDocuments({ personId: ada._id })).to.equal(0)
    expect(await notificationChoices.countDocuments({ _id: ada._id })).to.equal(0)
    const carl = await aPerson(site, { name: 'Carl Rowe', skills: ada.skills })
    await confirm(carl)
    await site.services.leavers.leave(ben)
    expect(await notifications.countDocuments({ personId: carl._id })).to.equal(0)
  })

  it('say nothing of mail where none is sent, but to administrators', async () => {
    const administrator = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    const page = async (from: Browser) => (await from.get('/account/notifications').expect(200)).text
    expect(await page(browser))
      .to.include('A colleague confirms a skill of yours')
      .and.not.match(/[Mm]ail is not set up|Mail at once|is reported/)
    expect(await page(administrator)).to.include('Mail is not set up')
    expect((await administrator.get('/admin/mail').expect(200)).text).to.include('Set SMTP_URL, MAIL_FROM and PUBLIC_URL')
    await browser.get('/admin/mail').expect(403)
    await administrator.post('/admin/mail/test').type('form').send({}).expect(409)
  })
})
