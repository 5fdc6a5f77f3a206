import { buffer } from 'node:stream/consumers'
import { expect } from 'chai'
import { unzipSync } from 'fflate'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Mail } from '../../../server/mail/mailModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { versionOf } from '../../../server/people/profileChange.ts'
import { loanAgreement } from '../../../server/pooling/loans/loanAgreement.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import {
  aCollection,
  aDay,
  aLoan,
  anArticle,
  anOffer,
  anOrganisation,
  aPerson,
  aRequest,
  aSkill,
  asReader,
  aTeam,
} from '../../support/builders.ts'
import { formOn } from '../../support/pageForm.ts'
import { aPicture } from '../../support/pictures.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const planted = 'zanzibarquartz'
const mistyped = planted.replace('qu', 'uq')
const page = (path: string) => ({ name: path, path })

/** Every page that shows records. A new surface gets a line here. */
const surfaces = [
  page('/'),
  page('/news'),
  page('/following'),
  page('/notifications'),
  page('/account/notifications'),
  page('/account/calendar'),
  page(`/search?q=${planted}`),
  page(`/search?q=${planted}&type=article`),
  page(`/search?q=${planted}&type=article&sort=date`),
  page(`/search?q=${mistyped}`),
  page(`/search?q=${planted}&type=person`),
  page('/search?organisation=holders&type=article'),
  page('/search?kind=how-to&type=article'),
  page('/search?skill=quartz-cutting'),
  page('/search?skill=quartz-cutting&type=person'),
  page(`/search?q=%22${planted}%22+OR+cutting`),
  page(`/search?q=${planted}+level%3E%3Dexpert&type=person`),
  page('/search?q=quartz+cutting&type=person'),
  page('/search/order'),
  page(`/search/suggestions?q=plan+${planted.slice(0, 6)}`),
  page('/saved-searches'),
  page(`/saved-searches/new?q=${planted}`),
  page('/knowledge'),
  page('/requests'),
  page('/requests?show=fit'),
  page('/requests?show=all&skill=quartz-cutting'),
  page(`/requests/new?text=${planted}`),
  page('/knowledge?kind=how-to'),
  page('/knowledge?state=draft'),
  page('/knowledge/kinds/how-to'),
  page('/knowledge/kinds/how-to?state=draft'),
  page('/search?state=draft&type=article'),
  page('/people'),
  page('/privacy'),
  page('/people/hana-holder'),
  page('/organisations/holders'),
  page('/organisations/contacts'),
  page(`/search?q=call+cutters+${planted}`),
  page('/teams/cutters'),
  page('/skills'),
  page('/skills/quartz-cutting'),
  page('/skills/suggestions?q=quartz'),
  page('/skills/coverage'),
  page('/people/hana-holder/skills/quartz-cutting/confirmations'),
  page('/offers'),
  page('/offers?kind=advice'),
  page('/offers/new'),
  page('/loans'),
  page('/loans/new'),
  page('/loans/ledger'),
  page('/loans/ledger.csv'),
  page('/reports/pooling'),
  page('/reports/pooling/organisations.csv'),
  page('/reports/pooling/skills.csv'),
  page('/reports/pooling/outcomes.csv'),
  page(`{feeds}/search?q=${planted}`),
  page('{feeds}/skills/quartz-cutting'),
  page('{feeds}/organisations/holders'),
]

/** Everything that can be done to a request by its address. */
const requestDeeds = [
  ...[
    '',
    '/edit',
    '/edit/may-help',
    '/answers',
    '/invite',
    '/ask-for-me',
    '/accept',
    '/decline',
    '/start',
    '/step-back',
    '/withdraw',
    '/ask-again',
  ],
  ...['/finish', '/outcome', '/evidence', '/evidence/take-off'],
]

describe('what a person may not see', () => {
  let site: TestSite
  let holders: Organisation
  let team: Team
  let skill: Skill
  let hana: Person & { email: string }
  let others: Record<string, Person & { email: string }>

  before(async () => {
    site = await startTestSite()
    site.services.related.patienceMs = 15_000
    holders = await anOrganisation(site, { name: 'Holders', slug: 'holders' })
    const friends = await anOrganisation(site, { name: 'Friends', slug: 'friends' })
    const strangers = await anOrganisation(site, { name: 'Strangers', slug: 'strangers' })
    team = await aTeam(site, holders, { name: 'Cutters', slug: 'cutters', description: 'Cuts.' })
    skill = await aSkill(site, { name: 'Quartz cutting' })
    const skills = [{ skillId: skill._id, level: 'expert' as const, willing: [] }]
    hana = await aPerson(site, { name: 'Hana Holder', slug: 'hana-holder', organisation: holders, skills })
    others = {
      'an administrator of the partnership elsewhere': await aPerson(site, {
        organisation: strangers,
        roles: ['partnership administrator'],
      }),
      'an editor of another organisation': await aPerson(site, { organisation: strangers, roles: ['editor'] }),
      'a colleague of the same organisation': await aPerson(site, { organisation: holders }),
      'a member of a chosen organisation': await aPerson(site, { organisation: friends }),
    }
    const secret = { title: `Plan ${planted}`, text: `About ${planted} and more.`, skillIds: [skill._id] }
    await anArticle(site, hana, { ...secret, slug: 'the-draft', state: 'draft' })
    await anArticle(site, hana, { ...secret, slug: 'for-the-team', visibility: 'team', owner: { teamId: team._id } })
    await anArticle(site, hana, { ...secret, slug: 'for-friends', visibility: 'chosen', chosenOrganisationIds: [friends._id] })
    await site.services.indexer.settled()
  })

  after(() => site.close())

  const followed = (): [string, string][] => [
    ['person', hana._id],
    ['organisation', holders._id],
    ['team', team._id],
    ['skill', skill._id],
  ]
  const seen: Record<string, readonly string[]> = {
    'an administrator of the partnership elsewhere': [],
    'an editor of another organisation': [],
    'a colleague of the same organisation': ['for-friends'],
    'a member of a chosen organisation': ['for-friends'],
  }

  for (const [who, visible] of Object.entries(seen)) {
    it(`does not exist for ${who}, on any surface`, async () => {
      const person = others[who] as Person & { email: string }
      const browser = await site.signInAs(person)
      await site.services.feedAddresses.renew(asReader(person))
      for (const [kind, id] of followed()) await site.services.following.follow(asReader(person), kind, { id })
      const feeds = (await site.services.feedAddresses.addressOf(asReader(person), '')) ?? ''
      for (const { path } of surfaces) {
        const { text } = await browser.get(path.replace('{feeds}', feeds)).expect(200)
        for (const slug of ['the-draft', 'for-the-team', 'for-friends']) {
          expect(text.includes(`/knowledge/${slug}"`), `${path} shows ${slug}`).to.equal(visible.includes(slug) && shows(path))
        }
        if (path.includes(mistyped)) expect(text.includes(planted), path).to.equal(visible.length > 0)
        if (visible.length === 0) expect(text.replaceAll(`q=${planted}`, ''), path).not.to.include(`Plan <mark>`)
      }
    })
  }

  it('as a request does not exist either, on any of these surfaces', async () => {
    const word = 'malachitespinel'
    const asked = { title: `Cut ${word}`, text: `Who cuts ${word}?`, slug: 'the-request', skills: [{ skillId: skill._id }] }
    const request = await aRequest(site, hana, { ...asked, visibility: 'organisation' })
    const told = Object.values(others).map(({ _id }) => _id)
    await site.services.requestNews.risen(request, 'skill holders', told)
    await site.services.indexer.settled()
    const own = [`/search?q=${word}`, `/search?q=${word}&type=request`, `/search/suggestions?q=cut+${word.slice(0, 6)}`]
    const shown = async (browser: Browser, path: string) => (await browser.get(path).expect(200)).text.replaceAll(`q=${word}`, '')
    for (const who of ['an administrator of the partnership elsewhere', 'a member of a chosen organisation']) {
      const browser = await site.signInAs(others[who] as Person & { email: string })
      for (const path of [...own, ...surfaces.map(({ path }) => path)])
        if (!path.startsWith('{feeds}'))
          expect(await shown(browser, path), path)
            .to.not.include('the-request')
            .and.not.include(`Cut ${word}`)
      for (const path of ['', '/edit']) await browser.get(`/requests/the-request${path}`).expect(404)
      for (const deed of requestDeeds)
        await browser.post(`/requests/the-request${deed}`).type('form').send({ answer: 'x', people: 'hana-holder' }).expect(404)
    }
    const colleague = await site.signInAs(others['a colleague of the same organisation'] as Person & { email: string })
    await colleague.get('/requests/the-request').expect(200)
    for (const path of ['/requests', '/notifications', '/search?skill=quartz-cutting', ...own])
      expect(await shown(colleague, path), `twin: ${path}`).to.match(/the-request|Cut malachitespinel/)
    await site.services.requestSteps.take('withdraw', request, { person: asReader(hana) })
  })

  it('is counted without its title for administrators of the partnership who hand it over', async () => {
    const lena = await aPerson(site, { name: 'Lena Left', slug: 'lena-left', organisation: holders, status: 'left', readers: [] })
    await anArticle(site, lena, { slug: 'of-lena', title: `Plan ${planted}`, state: 'draft' })
    await aRequest(site, lena, { slug: 'asked-by-lena', title: `Asked ${planted}`, visibility: 'organisation' })
    const handingOver = ['/admin/handover', '/admin/people/lena-left', '/admin/people/lena-left/handover', '/admin/people?who=left']
    const elsewhere = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    const own = await site.signInAs(await aPerson(site, { organisation: holders, roles: ['organisation administrator'] }))
    const shown: string[] = []
    for (const path of [...handingOver, '/admin/people/hana-holder/handover']) {
      const { text } = await elsewhere.get(path).expect(200)
      for (const hidden of [planted, 'of-lena', 'by-lena', 'the-draft']) expect(text, path).to.not.include(hidden)
      if ((await own.get(path).expect(200)).text.includes(planted)) shown.push(path)
    }
    expect((await elsewhere.get('/admin/people/lena-left/handover')).text)
      .to.include('Drafts (1)')
      .and.include('Open requests for help (1)')
    expect((await own.get('/admin/people/lena-left/handover')).text, 'twin').to.include('/requests/asked-by-lena')
    expect(shown).to.deep.equal(['/admin/handover', '/admin/people/lena-left/handover', '/admin/people/hana-holder/handover'])
    const stranger = await site.signInAs(others['an editor of another organisation'] as Person & { email: string })
    for (const path of handingOver) await stranger.get(path).expect(403)
  })

  it('is no report of a profile, whose words are for those who keep the account alone', async () => {
    const reporter = await site.signInAs(await aPerson(site))
    const matter = { matter: 'other', words: `Reported ${planted}` }
    await reporter.post('/people/hana-holder/report').type('form').send(matter).expect(303)
    const [report] = await site.services.models.profileReports.find({ personId: hana._id }).lean()
    const reports = ['/admin/reports', `/admin/reports/${report?._id}`]
    const elsewhere = await site.signInAs(await aPerson(site, { roles: ['organisation administrator'] }))
    const own = await site.signInAs(await aPerson(site, { organisation: holders, roles: ['organisation administrator'] }))
    for (const browser of [elsewhere, reporter, await site.signInAs(hana)]) {
      for (const path of ['/', '/admin', '/people/hana-holder', ...reports]) {
        const { text } = await browser.get(path)
        expect(text, path).to.not.include(matter.words)
      }
      expect((await browser.get('/')).text).to.not.include('/admin/reports')
    }
    for (const path of reports) expect((await own.get(path).expect(200)).text, path).to.include(matter.words)
  })

  it('is no proposed skill, which is for those who keep skills and whoever proposed it, and without the name of a proposer who left', async () => {
    const why = 'Taught at the quarry'
    const proposer = await aPerson(site, { name: 'Pia Proposer', organisation: holders })
    const ofProposer = await site.signInAs(proposer)
    const form = { skill: 'Basalt polishing', level: 'working', propose: 'yes', why }
    await ofProposer.post(`/people/${proposer.slug}/skills`).type('form').send(form).expect(303)
    const [proposal] = await site.services.models.skillProposals.find({ name: form.skill }).asSystem('a test looks').lean()
    const kept = ['/admin/skills', `/admin/skills/proposals/${proposal?._id}`]
    const keeper = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    const own = await site.signInAs(await aPerson(site, { organisation: holders, roles: ['organisation administrator'] }))
    const colleague = await site.signInAs(others['a colleague of the same organisation'] as Person & { email: string })
    const open = ['/', '/skills', '/skills/suggestions?q=basalt', '/search?q=basalt', '/people/pia-proposer']
    for (const path of [...open, ...kept]) expect((await colleague.get(path)).text, path).to.not.match(/Basalt polishing|Taught at/)
    for (const path of kept) {
      for (const browser of [own, colleague, ofProposer]) await browser.get(path).expect(403)
      expect((await keeper.get(path).expect(200)).text, path)
        .to.include(form.skill)
        .and.include('Pia Proposer')
        .and.include(why)
    }
    await site.services.leavers.leave(proposer)
    for (const path of kept)
      expect((await keeper.get(path).expect(200)).text, path)
        .to.include('Somebody who left')
        .and.not.include('Pia')
  })

  it('counts for nothing in the coverage map: hidden people, hidden skills and articles that are not shared are not there', async () => {
    const telex = await aSkill(site, { name: 'Telex repair' })
    await aSkill(site, { name: 'Secret basalt', readers: ['administrators'] })
    const hidden = await aPerson(site, { organisation: holders, skills: [{ skillId: telex._id, level: 'expert', willing: [] }] })
    for (const title of ['Telex one', 'Telex two']) await anArticle(site, hidden, { title, skillIds: [telex._id], visibility: 'team' })
    await site.services.indexer.settled()
    const browser = await site.signInAs(others['an editor of another organisation'] as Person & { email: string })
    const said = async (path: string) =>
      (await browser.get(path).expect(200)).text
        .split(/\r?\n/)
        .filter(line => line.includes('Telex repair'))
        .join()
    const csv = '/skills/coverage.csv?group=Infrastructure'
    expect(await said(csv)).to.include('Telex repair,Infrastructure,one person only,,1,expert,')
    expect(await said('/skills/coverage')).to.include('one person only')
    await site.services.people.suspend(hidden)
    expect(await said(csv)).to.match(/^Telex repair,Infrastructure,nobody in the partnership,,0,(,0,)*$/)
    expect(await said('/skills/coverage'))
      .to.include('nobody in the partnership')
      .and.not.include('in demand')
    for (const path of [csv, '/skills/coverage']) expect((await browser.get(path).expect(200)).text).to.not.include('basalt')
    const administrator = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    expect((await administrator.get(csv).expect(200)).text)
      .to.include('Telex repair,Infrastructure,one person only,,1')
      .and.include('Secret basalt')
  })

  it('is nothing that may help while somebody writes a request', async () => {
    await aRequest(site, hana, { title: `Place ${planted}`, slug: 'placed', visibility: 'organisation' })
    await site.services.indexer.settled()
    const helpsOf = async (who: string) => {
      const browser = await site.signInAs(others[who] as Person & { email: string })
      const pages: string[] = []
      for (const path of ['/requests/new', '/requests/new/may-help'])
        pages.push((await browser.post(path).type('form').send({ title: planted }).expect(200)).text)
      return pages.map(text => [...text.matchAll(/href="(\/(?:knowledge|requests)\/(?!new)[a-z-]+)"/g)].map(([, href]) => href).sort())
    }
    expect(await helpsOf('an editor of another organisation')).to.deep.equal([[], []])
    for (const seen of await helpsOf('a colleague of the same organisation'))
      expect(seen, 'twin').to.include.members(['/knowledge/for-friends', '/requests/placed']).and.not.include('/knowledge/the-draft')
  })

  it('counts for nothing in the report on pooling: hidden requests, what is said under them and hours of loans of others are not there', async () => {
    const lepidolite = await aSkill(site, { name: 'Lepidolite' })
    const colleague = others['a colleague of the same organisation'] as Person & { email: string }
    const stranger = others['an editor of another organisation'] as Person & { email: string }
    const tables = ['', '/organisations.csv', '/skills.csv', '/outcomes.csv']
    const seenBy = async (person: Person & { email: string }) => {
      const browser = await site.signInAs(person)
      const pages: string[] = []
      for (const table of tables) pages.push((await browser.get(`/reports/pooling${table}`).expect(200)).text)
      return pages
    }
    const borrower = await aPerson(site, { name: 'Bo Borrower' })
    const before = await seenBy(stranger)
    const asked = { title: 'Polish a stone', skills: [{ skillId: lepidolite._id }], visibility: 'organisation' as const }
    const outcome = { isSolved: true, hours: 3, saved: 'A lithium mine', at: new Date() }
    const request = await aRequest(site, hana, { ...asked, outcome, state: 'done' })
    await site.services.answers.answer(asReader(colleague), request.slug, { id: 'an-answer', text: 'So.' })
    await aLoan(site, hana, borrower, { state: 'ended', amount: 3, unit: 'hours' })
    expect(await seenBy(stranger)).to.deep.equal(before)
    expect(before.join(), 'the skill that hidden requests name').to.not.include('Lepidolite')
    const twin = await seenBy(colleague)
    const shown = [/Lepidolite/, /Holders,\d+,1,1,0,0,0,0,1,1,3\r/, /Lepidolite,Infrastructure,1,0,0/, /A lithium mine/]
    for (const [place, words] of shown.entries()) expect(twin[place], 'twin').to.match(words)
    expect((await seenBy(borrower))[1], 'twin: hours of a loan').to.match(/Holders,\d+,\d+,\d+,[^,]*,[^,]*,3,0,/)
  })

  it('is no confirmation that is hidden or contested, its words, or one by somebody who is hidden', async () => {
    const all = '/people/hana-holder/skills/quartz-cutting/confirmations'
    const confirmers = await Promise.all(['Hiddenly', 'Contestedly', 'Suspendedly'].map(name => aPerson(site, { name: `Con ${name}` })))
    const [first, second, third] = confirmers as [Person & { email: string }, Person & { email: string }, Person & { email: string }]
    for (const person of confirmers) await (await site.signInAs(person)).post(all).type('form').send({}).expect(303)
    const ofHana = await site.signInAs(hana)
    const looking = [
      '/people/hana-holder',
      all,
      '/skills/quartz-cutting',
      '/search?skill=quartz-cutting&type=person',
      '/search?q=quartz+cutting',
    ]
    const elsewhere = await site.signInAs(others['an editor of another organisation'] as Person & { email: string })
    const seenBy = async () => (await Promise.all(looking.map(async path => (await elsewhere.get(path).expect(200)).text))).join()
    expect(await seenBy()).to.match(/Con Hiddenly.*3 colleagues.*confirmed by.*Con \w+ and 2 others.*Con \w+ and 2 others/s)
    await ofHana.post(`${all}/${first.slug}/hide`).type('form').send({}).expect(303)
    await ofHana
      .post(`${all}/${second.slug}/contest`)
      .type('form')
      .send({ words: `Because ${planted}` })
      .expect(303)
    await site.services.people.suspend(third)
    expect(await seenBy()).to.not.match(new RegExp(`Con |${planted}|colleague`))
    for (const path of ['hide', 'show', 'contest'])
      await ofHana.post(`${all}/${third.slug}/${path}`).type('form').send({ words: 'x' }).expect(404)
    expect((await ofHana.get(all).expect(200)).text)
      .to.include(planted)
      .and.not.include('Suspendedly')
    expect((await (await site.signInAs(first)).get(all).expect(200)).text).to.not.include(planted)
  })

  it('is no offer: neither in the list, nor in search, nor to be followed', async () => {
    const slugs = ['to-the-team', 'to-friends', 'to-holders']
    const friends = await site.services.organisations.bySlug(asReader(hana), 'friends')
    const said = { title: `Advice on ${planted}`, skillIds: [skill._id] }
    await anOffer(site, hana, { ...said, slug: 'to-the-team', visibility: 'team', owner: { teamId: team._id } })
    await anOffer(site, hana, { ...said, slug: 'to-friends', visibility: 'chosen', chosenOrganisationIds: [friends._id] })
    await anOffer(site, hana, { ...said, slug: 'to-holders', visibility: 'organisation' })
    await site.services.indexer.settled()
    const listing = [
      '/offers',
      '/offers?kind=advice',
      `/search?q=${planted}`,
      `/search?q=${planted}&type=offer`,
      '/search?skill=quartz-cutting&type=offer',
    ]
    const seenBy = async (person: Person & { email: string }) => {
      const browser = await site.signInAs(person)
      const seen = new Set<string>()
      for (const path of listing) {
        const { text } = await browser.get(path).expect(200)
        for (const slug of slugs) if (text.includes(`/offers/${slug}"`)) seen.add(slug)
      }
      for (const slug of slugs) {
        const isSeen = seen.has(slug)
        await browser.get(`/offers/${slug}`).expect(isSeen ? 200 : 404)
        await browser
          .post(`/following/offer/${slug}`)
          .type('form')
          .send({})
          .expect(isSeen ? 303 : 404)
        await browser
          .post(`/offers/${slug}/end`)
          .type('form')
          .send({})
          .expect(isSeen ? 403 : 404)
      }
      return [...seen].sort()
    }
    expect(await seenBy(others['an editor of another organisation'] as Person & { email: string })).to.deep.equal([])
    expect(await seenBy(others['a member of a chosen organisation'] as Person & { email: string })).to.deep.equal(['to-friends'])
    expect(await seenBy(others['a colleague of the same organisation'] as Person & { email: string })).to.deep.equal([
      'to-friends',
      'to-holders',
    ])
  })

  it('is no loan, nor what it costs, nor what is said of it at home, nor its hours', async () => {
    const asker = await aPerson(site, { name: 'Asa Asker' })
    const manager = await aPerson(site, { name: 'Mina Manager', organisation: holders })
    const consents = (['person', 'home', 'borrower'] as const).map(party => ({ party, byId: hana._id, at: new Date() }))
    const cost = { rule: 'recharge' as const, detail: `At ${planted} pounds` }
    const given = { purpose: `For ${planted} cutting`, lineManagerId: manager._id, state: 'ended' as const, consents, cost }
    const loan = await aLoan(site, hana, asker, given)
    await site.services.loanTerms.comment(loan, manager._id, `She is ${planted}`)
    const hours = '14.8'
    const own = `/loans/${loan._id}`
    const listing = ['/', '/loans', '/loans/ledger', '/loans/ledger.csv', '/notifications', '/people/hana-holder']
    const secrets = [loan._id, `For ${planted}`, `At ${planted}`, `She is ${planted}`, hours]
    for (const who of ['an editor of another organisation', 'a colleague of the same organisation', 'a member of a chosen organisation']) {
      const browser = await site.signInAs(others[who] as Person & { email: string })
      for (const path of listing)
        for (const secret of secrets) expect((await browser.get(path).expect(200)).text, path).to.not.include(secret)
      for (const path of ['', '/agreement.pdf']) await browser.get(`${own}${path}`).expect(404)
      for (const step of ['refuse', 'home-consents', 'end-early', 'ask-to-extend'])
        await browser.post(`${own}/${step}`).type('form').send({ revision: 1, hours: 1, until: '2090-01-01', amount: 1 }).expect(404)
    }
    const home = await aPerson(site, { organisation: holders, roles: ['member', 'organisation administrator'] })
    const borrower = await aPerson(site, { organisationId: asker.organisationId, roles: ['member', 'organisation administrator'] })
    const partnership = others['an administrator of the partnership elsewhere'] as Person & { email: string }
    const seen: [Person & { email: string }, boolean[]][] = [
      [hana, [true, false, false]],
      [manager, [true, true, true]],
      [home, [true, true, true]],
      [asker, [true, true, false]],
      [borrower, [true, true, false]],
      [partnership, [true, true, false]],
    ]
    for (const [person, expected] of seen) {
      const browser = await site.signInAs(person)
      const { text } = await browser.get(own).expect(200)
      expect(
        secrets.slice(1, 4).map(secret => text.includes(secret)),
        person.name,
      ).to.deep.equal(expected)
      await browser.get(`${own}/agreement.pdf`).expect(200)
      expect((await browser.get('/loans').expect(200)).text, 'twin').to.include(loan._id)
      expect((await browser.get('/loans/ledger').expect(200)).text, 'twin').to.include(hours)
    }
    const printed = async (person: Person) => JSON.stringify(await loanAgreement(loan, asReader(person), site.services, ''))
    expect(await printed(hana))
      .to.include(`For ${planted}`)
      .and.not.include(`At ${planted}`)
    expect(await printed(asker))
      .to.include(`At ${planted}`)
      .and.not.include('She is')
  })

  it('is not the name of whoever changed a group of synonyms, once they left', async () => {
    const former = await aPerson(site, { name: 'Sal Synonym', roles: ['member', 'partnership administrator'] })
    const form = { wordings: 'basalt\nfeldspar rock' }
    await (await site.signInAs(former)).post('/admin/synonyms').type('form').send(form).expect(303)
    const keeper = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    expect((await keeper.get('/admin/synonyms').expect(200)).text).to.include('Sal Synonym')
    await site.services.leavers.leave(former)
    expect((await keeper.get('/admin/synonyms').expect(200)).text)
      .to.include('feldspar rock')
      .and.not.include('Sal')
    const stranger = await site.signInAs(others['an editor of another organisation'] as Person & { email: string })
    await stranger.get('/admin/synonyms').expect(403)
  })

  it('is in no table of results, and counts for nothing there', async () => {
    const coordinator = async (organisation: Organisation) =>
      site.signInAs(await aPerson(site, { organisation, roles: ['member', 'coordinator'] }))
    const elsewhere = await coordinator(await anOrganisation(site))
    const byFriend = await site.services.organisations.bySlug(asReader(hana), 'friends')
    const table = async (browser: Awaited<typeof elsewhere>, query: string) =>
      (await browser.get(`/search.csv?${query}`).expect(200)).text.split('\r\n').slice(1, -1)
    const quartz = `q=${planted}&type=article`
    expect(await table(elsewhere, quartz)).to.deep.equal([])
    expect((await table(elsewhere, 'q=quartz+cutting&type=person'))[0]).to.match(/^Hana Holder,Holders,.*,0,0,0$/)
    const friend = await coordinator(byFriend)
    expect((await table(friend, quartz)).join(), 'twin')
      .to.include('for-friends')
      .and.not.match(/the-draft|for-the-team/)
    expect((await table(friend, 'q=quartz+cutting&type=person'))[0], 'twin').to.match(/^Hana Holder,Holders,.*,1,0,0$/)
  })

  it('stands beside no article, and speaks for nobody there', async () => {
    const orthoclase = await aSkill(site, { name: 'Orthoclase' })
    const skills = [{ skillId: orthoclase._id, level: 'expert' as const, willing: [] }]
    const known = await aPerson(site, { name: 'Kim Known', organisation: holders, skills })
    const hidden = await aPerson(site, { name: 'Hid Hidden', organisation: holders, skills })
    const about = { text: 'Orthoclase.', skillIds: [orthoclase._id] }
    await anArticle(site, hana, { ...about, title: 'Orthoclase quarries', slug: 'open' })
    await anArticle(site, known, { ...about, title: 'Orthoclase quarries, secret', slug: 'beside', visibility: 'organisation' })
    await site.services.indexer.settled()
    const besideIt = async (person: Person & { email: string }) =>
      (await (await site.signInAs(person)).get('/knowledge/open').expect(200)).text
    const colleague = others['a colleague of the same organisation'] as Person & { email: string }
    const stranger = others['an editor of another organisation'] as Person & { email: string }
    for (const seen of ['/knowledge/beside"', 'Kim Known', 'Hid Hidden', '1 matching article'])
      expect(await besideIt(colleague), 'twin').to.include(seen)
    await site.services.people.suspend(hidden)
    const shown = await besideIt(stranger)
    expect(shown).to.include('Kim Known')
    for (const unseen of ['beside', 'secret', 'Hid Hidden', 'matching article']) expect(shown, unseen).to.not.include(unseen)
  })

  it('is nothing new in a saved search, neither where it is counted nor where it is shown', async () => {
    const { savedSearches, newMatches, models } = site.services
    const stranger = others['an editor of another organisation'] as Person & { email: string }
    const friend = others['a member of a chosen organisation'] as Person & { email: string }
    for (const person of [stranger, friend])
      await savedSearches.save(asReader(person), { name: 'Feldspars', alert: 'daily', query: 'q=feldspars' })
    const plan = { title: 'Plan feldspars', visibility: 'chosen' as const }
    await anArticle(site, hana, { ...plan, slug: 'new-for-friends', chosenOrganisationIds: [friend.organisationId] })
    await site.services.indexer.settled()
    await models.savedSearches.updateMany({}, { $set: { checkedAt: new Date(0) } })
    await newMatches.look()
    const seenBy = async (person: Person & { email: string }) => {
      const browser = await site.signInAs(person)
      const own = (await savedSearches.list(asReader(person))).map(({ _id }) => `/saved-searches/${_id}`)
      const pages: string[] = []
      for (const path of ['/', '/saved-searches', ...own]) pages.push((await browser.get(path).expect(200)).text)
      return pages.join()
    }
    expect(await seenBy(stranger)).to.not.match(/new in “Feldspars”|[12] new|new-for-friends/)
    expect(await seenBy(friend), 'twin').to.match(/2 new in “Feldspars”.*2 new.*\/knowledge\/new-for-friends/s)
  })

  it('is in no notification, not even in the number of those that are unread, and in no mail', async () => {
    const { notifications, mailSending, models } = site.services
    const stranger = others['an editor of another organisation'] as Person & { email: string }
    const friend = others['a member of a chosen organisation'] as Person & { email: string }
    const slugs = ['the-draft', 'for-the-team', 'for-friends']
    const found = await models.articles
      .find({ slug: { $in: slugs } })
      .asSystem('a test looks')
      .lean<Article[]>()
    await notifications.seeAll(asReader(friend))
    const told = { kind: 'followed-news', event: 'planted', to: [stranger._id, friend._id], subjectId: 'planted' }
    await notifications.tell({ ...told, facts: { articleIds: found.map(({ _id }) => _id) } })
    await models.notifications.updateMany({ subjectId: 'planted' }, { $set: { mailId: 'planted' } })
    const shownTo = async (person: Person & { email: string }) => {
      const browser = await site.signInAs(person)
      const pages: string[] = []
      for (const path of ['/', '/notifications', '/people']) pages.push((await browser.get(path).expect(200)).text)
      const mail = { _id: 'planted', personId: person._id, type: 'digest' } as Mail
      const digest = mailSending.types.find(({ name }) => name === 'digest')
      const letter = await digest?.compose(mail, { person: asReader(person), email: person.email })
      return { numbers: pages.map(text => /site-header__unread">([^<]*)/.exec(text)?.[1]), list: pages[1], home: pages[0], letter }
    }
    const hidden = await shownTo(stranger)
    expect(hidden.numbers).to.deep.equal([undefined, undefined, undefined])
    expect(`${hidden.list}${hidden.home}`).to.not.match(/Plan zanzibar|New in what you follow|that you have not read/)
    expect(hidden.letter).to.equal(undefined)
    const shown = await shownTo(friend)
    expect(shown.numbers, 'twin').to.deep.equal(['1', '1', '1'])
    expect(shown.list, 'twin').to.include(`New in what you follow: “Plan ${planted}”<`)
    expect(
      shown.letter?.lines.map(({ href }) => href),
      'twin',
    ).to.deep.equal(['/knowledge/for-friends'])
    await notifications.seeAll(asReader(friend))
  })

  it('is not there where it is pinned, for whoever may not read it; the administrators read of it as what they cannot see', async () => {
    const article = async (slug: string) => {
      const found = await site.services.models.articles.findOne({ slug }).asSystem('a test looks at what is kept').lean<Article>()
      return { type: 'article', id: found?._id ?? '' }
    }
    const records = await Promise.all(['the-draft', 'for-the-team', 'for-friends'].map(article))
    const spellings = ['pumice']
    const pin = { _id: 'planted', queries: spellings, spellings, records, revision: 1, changedAt: new Date() }
    await site.services.models.pins.create(pin)
    await site.services.knownPins.read()
    const pinnedFor = async (person: Person & { email: string }) => {
      const { text } = await (await site.signInAs(person)).get('/search?q=pumice').expect(200)
      return [...text.matchAll(/href="\/knowledge\/([a-z-]+)"/g)].map(([, slug]) => slug)
    }
    expect(await pinnedFor(hana), 'twin: who may read it all').to.have.members(['the-draft', 'for-the-team', 'for-friends'])
    for (const [who, visible] of Object.entries(seen)) expect(await pinnedFor(others[who] as typeof hana), who).to.deep.equal(visible)
    const keeper = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    for (const path of ['/admin/pins', '/admin/pins/planted/edit', '/search?q=pumice']) {
      const { text } = await keeper.get(path).expect(200)
      for (const hidden of [planted, 'the-draft', 'for-the-team', 'for-friends']) expect(text, path).to.not.include(hidden)
    }
    expect((await keeper.get('/admin/pins')).text).to.include('3 pages are gone, or are not shared with you')
    const pages = '/knowledge/the-draft'
    expect((await keeper.post('/admin/pins').type('form').send({ queries: 'other', pages }).expect(422)).text).to.include(
      'that you can see',
    )
    const stranger = await site.signInAs(others['an editor of another organisation'] as Person & { email: string })
    for (const path of ['/admin/pins', '/admin/pins/planted/edit']) await stranger.get(path).expect(403)
    await site.services.models.pins.deleteMany({})
    await site.services.knownPins.read()
  })

  it('is no query that fewer than three people asked, on any surface', async () => {
    const secret = 'obsidian whetstone'
    const ask = async (person: Person & { email: string }) => (await site.signInAs(person)).get(`/search?q=${secret}`).expect(200)
    for (const who of ['an editor of another organisation', 'a member of a chosen organisation', 'an editor of another organisation'])
      await ask(others[who] as typeof hana)
    await site.services.queryLog.flush()
    const keeper = await site.signInAs(others['an administrator of the partnership elsewhere'] as typeof hana)
    const administrating = site.services.administratorPages.map(({ href }) => href)
    const open = surfaces.map(({ path }) => path).filter(path => !path.startsWith('{feeds}'))
    const showing = async () => {
      const shown: string[] = []
      for (const path of [...open, '/admin', ...administrating, '/admin/queries?period=12-months'])
        if (/obsidian|whetstone/.test((await keeper.get(path).expect(200)).text)) shown.push(path)
      return shown
    }
    expect(await showing()).to.deep.equal([])
    await ask(hana)
    await site.services.queryLog.flush()
    expect(await showing(), 'twin: the third person').to.deep.equal(['/admin/queries', '/admin/queries?period=12-months'])
    for (const who of ['an editor of another organisation', 'a colleague of the same organisation'])
      await (await site.signInAs(others[who] as typeof hana)).get('/admin/queries').expect(403)
  })

  it('is in no table of a kind, which has what its reader may read', async () => {
    for (const [who, visible] of Object.entries(seen)) {
      const browser = await site.signInAs(others[who] as typeof hana)
      for (const state of ['', '?state=draft']) {
        const { text } = await browser.get(`/knowledge/kinds/how-to/table.csv${state}`).expect(200)
        expect(text.includes('/knowledge/for-friends'), who).to.equal(state === '' && visible.includes('for-friends'))
        expect(text).to.not.include('the-draft').and.not.include('for-the-team')
      }
    }
  })

  it('is no article in approval, no change that waits for it or was sent back, and no reason why', async () => {
    const approver = await aPerson(site, { name: 'Appa Approver', organisation: holders })
    const asked = { approverId: approver._id, approval: { askedById: hana._id, askedAt: new Date() } }
    const agreement = { kind: 'service-level-agreement', title: 'Agreement serpentinite', approverId: approver._id }
    await anArticle(site, hana, { ...agreement, ...asked, slug: 'in-approval', state: 'in approval' })
    const { slug } = await anArticle(site, hana, { ...agreement, slug: 'agreed' })
    const ofHana = await site.signInAs(hana)
    const ofApprover = await site.signInAs(approver)
    const reader = await site.signInAs(others['a colleague of the same organisation'] as typeof hana)
    const change = async () => {
      const form = formOn((await ofHana.get(`/knowledge/${slug}/edit`).expect(200)).text, `/knowledge/${slug}`)
      await ofHana
        .post(`/knowledge/${slug}`)
        .type('form')
        .send({ ...form, text: 'Changed to hornblende' })
        .expect(303)
    }
    await change()
    await site.services.indexer.settled()
    const open = ['/', '/knowledge', '/knowledge/kinds/service-level-agreement', `/knowledge/${slug}`, `/knowledge/${slug}/history`]
    const looking = [...open, '/search?q=hornblende&type=article', '/search?q=serpentinite']
    const hides = async (hidden: RegExp) => {
      for (const path of looking)
        expect((await reader.get(path).expect(200)).text.replaceAll('q=hornblende', ''), path).to.not.match(hidden)
      for (const path of ['/knowledge/in-approval', '/knowledge/in-approval/review', `/knowledge/${slug}/history/compare?to=waiting`])
        await reader.get(path).expect(404)
      await reader.get(`/knowledge/${slug}/review`).expect(403)
    }
    await hides(/to hornblende|\/in-approval|waits for approval/)
    expect((await ofApprover.get(`/knowledge/${slug}/history/compare?to=waiting`).expect(200)).text, 'twin').to.include('hornblende')
    expect((await ofApprover.get('/').expect(200)).text, 'twin').to.include('/knowledge/in-approval/review')
    const reason = { reason: 'Because of pyroxene' }
    await ofApprover.post(`/knowledge/${slug}/review/refuse-change`).type('form').send(reason).expect(303)
    await hides(/to hornblende|pyroxene/)
    expect((await ofHana.get(`/knowledge/${slug}`).expect(200)).text, 'twin').to.include('pyroxene')
  })

  it('is not the article that takes the place of another, or whose place it takes', async () => {
    const newer = await anArticle(site, hana, { title: 'Plan gneiss', slug: 'newer', visibility: 'team', owner: { teamId: team._id } })
    await anArticle(site, hana, { title: 'Old plan', slug: 'older', state: 'superseded', supersededById: newer._id })
    const reader = await site.signInAs(others['an editor of another organisation'] as typeof hana)
    expect((await reader.get('/knowledge/older').expect(200)).text).to.not.include('gneiss')
    expect((await (await site.signInAs(hana)).get('/knowledge/older').expect(200)).text, 'twin').to.include('gneiss')
  })

  it('is neither the title of what a text links to, nor an article that links here, nor a record to link to', async () => {
    const hidden = { visibility: 'team' as const, owner: { teamId: team._id } }
    await anArticle(site, hana, { title: 'Plan feldspar', slug: 'linked-to', text: 'x', links: ['article/known'], ...hidden })
    const text = '[the plan](skillpool:article/linked-to) [the plan](skillpool:article/there-is-none)'
    await anArticle(site, hana, { title: 'Known', slug: 'known', text, links: ['article/linked-to'] })
    const seenBy = async (person: Person & { email: string }) => {
      const browser = await site.signInAs(person)
      const shown = (await browser.get('/knowledge/known').expect(200)).text
      const previewed = (await browser.post('/knowledge/new/preview').type('form').send({ text }).expect(200)).text
      const picked = await browser
        .post('/knowledge/new')
        .type('form')
        .send({ linkTo: 'feldspar', show: 'link', kind: 'how-to' })
        .expect(200)
      const suggested = (await browser.get('/knowledge/new/links?q=feldspar').expect(200)).text
      return [shown, previewed, picked.text.replaceAll(/“feldspar”|value="feldspar"/g, ''), suggested]
    }
    for (const shown of await seenBy(others['an editor of another organisation'] as typeof hana)) {
      expect(shown).to.not.include('feldspar').and.not.include('linked-to')
      if (shown.includes('the plan')) expect(shown.split('(not available)')).to.have.length(3)
    }
    for (const shown of await seenBy(hana)) expect(shown, 'twin').to.include('feldspar')
  })

  it('is in no feed when it is OFFICIAL-SENSITIVE, not even for those who may read it', async () => {
    const sensitive = { title: 'Plan dolerite', slug: 'sensitive', visibility: 'organisation' as const, skillIds: [skill._id] }
    await anArticle(site, hana, { ...sensitive, marking: 'OFFICIAL-SENSITIVE' })
    await anArticle(site, hana, { ...sensitive, slug: 'official', title: 'Plan granite' })
    await site.services.indexer.settled()
    const colleague = others['a colleague of the same organisation'] as typeof hana
    const browser = await site.signInAs(colleague)
    await site.services.feedAddresses.renew(asReader(colleague))
    const feeds = (await site.services.feedAddresses.addressOf(asReader(colleague), '')) ?? ''
    for (const path of [`${feeds}/search?q=dolerite+OR+granite`, `${feeds}/skills/quartz-cutting`, `${feeds}/organisations/holders`]) {
      const { text } = await browser.get(path).expect(200)
      expect(text, path).to.include('granite')
      expect(text.replaceAll(/q=[^<"]*|Search: [^<]*/g, ''), path).to.not.include('dolerite')
    }
    for (const { slug } of [{ slug: 'sensitive' }, { slug: 'official' }]) await site.services.articleWriting.remove(asReader(hana), slug)
  })

  it('is no collection, and is neither named nor counted in one that more may read', async () => {
    const { models, indexer } = site.services
    const ids: string[] = []
    for (const slug of ['the-draft', 'for-the-team', 'for-friends'])
      ids.push(((await models.articles.findOne({ slug }).asSystem('a test collects it').lean<Article>()) as Article)._id)
    const open = await anArticle(site, hana, { title: 'Open to all', slug: 'open-to-all' })
    await aCollection(site, hana, { title: 'Open handbook', slug: 'open-handbook', articleIds: [...ids, open._id] })
    await aCollection(site, hana, {
      title: `Closed ${planted}`,
      slug: 'closed-handbook',
      visibility: 'organisation',
      articleIds: [open._id],
    })
    await indexer.settled()
    const inList = (text: string) => /Open handbook<\/a>.*?(\d+) articles?/s.exec(text)?.[1]
    for (const [who, visible] of Object.entries(seen)) {
      const browser = await site.signInAs(others[who] as typeof hana)
      const read = async (path: string, status = 200) => (await browser.get(path).expect(status)).text.replaceAll(`q=${planted}`, '')
      const list = await read('/knowledge/collections')
      expect(inList(list), who).to.equal(String(visible.length + 1))
      const isColleague = who === 'a colleague of the same organisation'
      const [page, whole] = [await read('/knowledge/collections/open-handbook'), await read('/knowledge/collections/open-handbook/whole')]
      for (const slug of ['the-draft', 'for-the-team', 'for-friends'])
        for (const text of [page, whole]) expect(text.includes(`/knowledge/${slug}"`), `${who}: ${slug}`).to.equal(visible.includes(slug))
      for (const text of [page, whole]) expect(text.includes(planted), who).to.equal(visible.length > 0)
      for (const path of ['', '/whole']) await read(`/knowledge/collections/closed-handbook${path}`, isColleague ? 200 : 404)
      const openPage = await read('/knowledge/open-to-all')
      expect(openPage.includes('closed-handbook'), who).to.equal(isColleague)
      expect(/Before:[^\n]*for-friends/.test(openPage), who).to.equal(visible.length > 0)
      expect(openPage).to.not.include('the-draft').and.not.include('for-the-team')
      for (const path of [`/search?q=closed+${planted}`, '/knowledge/collections', '/search/suggestions?q=clos'])
        expect((await read(path)).includes('closed-handbook'), `${who}: ${path}`).to.equal(isColleague)
    }
    const own = await site.signInAs(hana)
    expect(inList((await own.get('/knowledge/collections').expect(200)).text), 'twin').to.equal('4')
    for (const slug of ['open-handbook', 'closed-handbook']) await site.services.collections.remove(asReader(hana), slug)
    await site.services.articleWriting.remove(asReader(hana), 'open-to-all')
  })

  it('is no day of others, neither draft nor closed, and no need or hidden reading of a day that more may see', async () => {
    const { models, indexer, days, needs } = site.services
    const draft = await aDay(site, hana, { title: `Drafted ${planted}`, slug: 'drafted-day', state: 'draft' })
    const closed = await aDay(site, hana, { title: `Closed ${planted}`, slug: 'closed-day', visibility: 'organisation' })
    const ofTeam = (await models.articles.findOne({ slug: 'for-the-team' }).asSystem('a test reads it').lean<Article>()) as Article
    const session = { id: 's', title: 'Talk', start: '10:00', end: '11:00', speakerIds: [], reading: [ofTeam._id], skillIds: [] }
    const registrations = [{ personId: hana._id, organisationId: holders._id, at: new Date() }]
    const open = await aDay(site, hana, { slug: 'open-day', sessions: [session], registrations })
    const cameUp = { visibility: 'organisation' as const, dayId: open._id }
    await aRequest(site, hana, { ...cameUp, title: `Came up ${planted}`, slug: 'asked-on-day' })
    await anOffer(site, hana, { ...cameUp, title: `Offered ${planted}`, slug: 'offered-on-day' })
    const shared = { visibility: 'partnership' as const, dayId: closed._id }
    await aRequest(site, hana, { ...shared, title: 'Open to all', slug: 'asked-on-closed' })
    await anOffer(site, hana, { ...shared, title: 'Offered to all', slug: 'offered-on-closed' })
    const { actions, decisions } = site.services
    const agreed = { organisationId: holders._id, source: { dayId: closed._id }, readers: closed.readers }
    await actions.add({ ...agreed, title: `Acting ${planted}`, ownerId: hana._id, due: undefined })
    await decisions.add({ ...agreed, title: `Decided ${planted}`, why: '', agreedByIds: [], reviewOn: undefined })
    await needs.keep(open, hana._id, { access: `Ramp ${planted}` })
    await indexer.settled()
    const looking = [
      '/',
      '/days',
      '/days?when=past',
      '/days/open-day',
      `/search?q=${planted}`,
      `/search?q=${planted}&type=day`,
      '/programme',
      '/programme/actions?state=all',
    ]
    for (const [who, person] of Object.entries(others)) {
      const browser = await site.signInAs(person)
      const isColleague = who === 'a colleague of the same organisation'
      const calendar = `/feeds/${await site.services.calendarAddresses.renew(asReader(person))}`
      for (const path of ['/days/drafted-day', '/days/open-day/attendance', '/days/open-day/day.ics', `${calendar}/my-days.ics`])
        expect((await browser.get(path)).text, path).to.not.include(planted)
      const fed = (await browser.get(`${calendar}/days.ics`).expect(200)).text
      expect([fed.includes('drafted-day'), fed.includes('closed-day'), fed.includes('open-day')], who).to.deep.equal([
        ...[false, isColleague, true],
      ])
      for (const path of ['', '/day.ics', '/edit', '/attendance', '/sessions/new'])
        expect((await browser.get(`/days/closed-day${path}`)).status, `${who} ${path}`).to.equal(
          isColleague ? (['', '/day.ics'].includes(path) ? 200 : 403) : 404,
        )
      await browser.get('/days/drafted-day/day.ics').expect(404)
      for (const path of [...looking, '/search/suggestions?q=clos', '/search/suggestions?q=draf']) {
        const { text } = await browser.get(path).expect(200)
        for (const hidden of ['drafted-day', 'for-the-team"', `Ramp ${planted}`])
          expect(text.includes(hidden), `${who}: ${path}`).to.equal(false)
        if (!isColleague)
          for (const hidden of ['closed-day', '/acting-', '/decided-']) expect(text.includes(hidden), `${who}: ${path}`).to.equal(false)
      }
      for (const path of ['actions/acting-', 'decisions/decided-'])
        await browser.get(`/programme/${path}${planted}`).expect(isColleague ? 200 : 404)
      for (const path of ['register', 'decline', 'publish', 'cancel', 'sessions'])
        expect((await browser.post(`/days/drafted-day/${path}`).type('form').send({})).status, path).to.be.oneOf([404, 422])
      for (const form of [{ captured: 'question', line: 'Who?' }, { captured: 'none' }])
        await browser.post('/days/drafted-day/capture').type('form').send(form).expect(404)
      for (const path of ['/following/day/drafted-day']) await browser.post(path).type('form').send({}).expect(404)
    }
    const own = await site.signInAs(hana)
    expect((await own.get('/days').expect(200)).text, 'twin')
      .to.include('drafted-day')
      .and.include('closed-day')
    expect((await own.get('/programme/actions').expect(200)).text, 'twin').to.include('/acting-')
    expect((await own.get('/days/open-day/attendance').expect(200)).text, 'twin').to.include(`Ramp ${planted}`)
    expect((await own.get('/days/open-day')).text, 'twin').to.include('for-the-team"')
    expect((await own.get('/days/drafted-day/day.ics').expect(200)).text, 'twin').to.include(planted)
    expect((await own.get(`/feeds/${await site.services.calendarAddresses.renew(asReader(hana))}/my-days.ics`)).text, 'twin')
      .to.include('closed-day')
      .and.not.include('drafted-day')
    const coordinator = { ...asReader(hana), roles: ['coordinator' as const] }
    await days.remove(coordinator, draft.slug)
    for (const gone of [models.actions, models.decisions]) await gone.collection.deleteMany({})
    for (const { _id } of [closed, open]) await models.days.collection.deleteOne({ _id: _id as never })
  })

  it('is no minutes of a closed day, and none that are not approved of a day that more may see', async () => {
    const { minutes, models, indexer } = site.services
    const word = 'chrysoprase'
    const began = { date: '2020-02-03', startsAt: new Date('2020-02-03T10:00:00Z'), endsAt: new Date('2020-02-03T15:30:00Z') }
    const closed = await aDay(site, hana, { ...began, slug: 'closed-minutes', visibility: 'organisation' })
    const open = await aDay(site, hana, { ...began, slug: 'open-minutes' })
    for (const { slug } of [closed, open]) await minutes.save(asReader(hana), slug, { text: `Agreed ${word}`, number: 0 })
    await minutes.approve(asReader(hana), closed.slug, 1)
    await indexer.settled()
    const looking = ['', '/minutes', '/minutes/history', '/minutes.docx', '/minutes.pdf', '/minutes/edit']
    for (const [who, person] of Object.entries(others)) {
      const browser = await site.signInAs(person)
      const isColleague = who === 'a colleague of the same organisation'
      const runsDays = who === 'an administrator of the partnership elsewhere'
      for (const path of looking)
        expect((await browser.get(`/days/closed-minutes${path}`)).status, `${who} ${path}`).to.equal(
          isColleague ? (path.endsWith('edit') ? 403 : 200) : 404,
        )
      const shown = async (path: string) => (await browser.get(path)).text.replaceAll(`q=${word}`, '').replaceAll(`“${word}”`, '')
      for (const path of ['', '/minutes', '/minutes/history'])
        expect((await shown(`/days/open-minutes${path}`)).includes(word), `${who} ${path}`).to.equal(runsDays && path !== '')
      for (const path of [`/search?q=${word}`, `/search?q=${word}&type=day`]) {
        const found = await shown(path)
        expect([found.includes('closed-minutes'), found.includes('open-minutes')], `${who} ${path}`).to.deep.equal([isColleague, false])
      }
      for (const path of ['', '/approve'])
        await browser
          .post(`/days/closed-minutes/minutes${path}`)
          .type('form')
          .send({ text: 'x', number: 1 })
          .expect(isColleague ? 403 : 404)
    }
    const own = await site.signInAs(hana)
    expect((await own.get('/days/open-minutes/minutes').expect(200)).text, 'twin').to.include(word)
    for (const { _id } of [closed, open]) await models.days.collection.deleteOne({ _id: _id as never })
  })

  it('is in nothing that is taken along, neither as a file nor by name', async () => {
    const unpacked = async (browser: Browser, path: string) => {
      const { body } = await browser.get(path).buffer().parse(wholeBody).expect(200)
      return Object.entries(unzipSync(body as Buffer))
        .map(([name, bytes]) => `${name}\n${Buffer.from(bytes)}`)
        .join('\n')
    }
    const paths = ['/knowledge/export/all.zip', '/knowledge/export/all.zip?organisation=holders']
    for (const [who, visible] of Object.entries(seen)) {
      const browser = await site.signInAs(others[who] as typeof hana)
      for (const path of paths) {
        const files = await unpacked(browser, path)
        for (const slug of ['the-draft', 'for-the-team', 'for-friends'])
          expect(files.includes(`articles/${slug}.md`), `${who}: ${slug}`).to.equal(visible.includes(slug))
        expect(files.includes(planted), who).to.equal(visible.length > 0)
      }
      for (const slug of ['the-draft', 'for-the-team', 'for-friends'])
        for (const ending of ['md', 'pdf', 'docx'])
          await browser.get(`/knowledge/${slug}/article.${ending}`).expect(visible.includes(slug) ? 200 : 404)
    }
    const own = await unpacked(await site.signInAs(hana), paths[0] as string)
    for (const slug of ['the-draft', 'for-the-team', 'for-friends']) expect(own, 'twin').to.include(`articles/${slug}.md`)
  })

  it('is no attachment: neither it, nor its name, nor a word that is only in it', async () => {
    const word = 'lapislazuli'
    const { attachments, attachmentReading, files, models, indexer } = site.services
    const hrefs = new Map<string, string>()
    for (const slug of ['the-draft', 'for-the-team', 'for-friends']) {
      const article = await models.articles.findOne({ slug }).asSystem('a test attaches something').lean<Article>()
      const fileId = await files.keep(Buffer.from(`Only here: ${word}`), attachments.about(article as Article))
      const { _id } = await attachments.addTo(article as Article, hana._id, { fileId, name: `${slug}-notes.txt` })
      await attachmentReading.read(_id)
      hrefs.set(slug, `/knowledge/${slug}/attachments/${_id}`)
    }
    await indexer.settled()
    const looking = [
      `/search?q=${word}`,
      `/search?q=${word}&type=article`,
      `/search?q=${word}&type=person`,
      '/search?q=lapislazlui',
      '/knowledge',
    ]
    for (const [who, visible] of Object.entries(seen)) {
      const browser = await site.signInAs(others[who] as typeof hana)
      const pages: string[] = []
      for (const path of looking) pages.push((await browser.get(path).expect(200)).text.replaceAll(`q=${word}`, ''))
      for (const [slug, href] of hrefs) {
        const isSeen = visible.includes(slug)
        expect(pages.join().includes(`found in ${slug}-notes.txt`), `${who}: ${slug}`).to.equal(isSeen)
        for (const path of [href, `/knowledge/${slug}`]) await browser.get(path).expect(isSeen ? 200 : 404)
        await browser.get(`${href}/thumbnail`).expect(404)
        await browser.get(`/knowledge/${slug}/attachments`).expect(isSeen ? 403 : 404)
        await browser.post(`${href}/delete`).expect(isSeen ? 403 : 404)
      }
      expect(pages.join().includes(`<mark>${word}</mark>`), who).to.equal(visible.length > 0)
    }
    const own = (await (await site.signInAs(hana)).get(`/search?q=${word}&type=article`).expect(200)).text
    for (const slug of hrefs.keys()) expect(own, 'twin').to.include(`found in ${slug}-notes.txt`)
  })

  it('is no comment: neither its words, on any page or in any search, nor a way to answer it', async () => {
    const word = 'chrysoberyl'
    const slugs = ['the-draft', 'for-the-team', 'for-friends']
    const own = await site.signInAs(hana)
    const ids = new Map<string, string>()
    for (const slug of slugs) {
      const sent = formOn((await own.get(`/knowledge/${slug}`).expect(200)).text, `/knowledge/${slug}/comments`)
      const said = { ...sent, comment: `Said of ${slug}: ${word}` }
      await own.post(`/knowledge/${slug}/comments`).type('form').send(said).expect(303)
      ids.set(slug, String(sent.id))
    }
    await site.services.indexer.settled()
    const looking = [`/search?q=${word}`, `/search?q=${word}&type=article`, `/search?q=${word}&type=person`, '/search?q=chrysobreyl', '/']
    const pagesOf = async (browser: Browser) => {
      const pages: string[] = []
      for (const path of looking) pages.push((await browser.get(path).expect(200)).text.replaceAll(`q=${word}`, ''))
      return pages.join()
    }
    for (const [who, visible] of Object.entries(seen)) {
      const browser = await site.signInAs(others[who] as typeof hana)
      const pages = await pagesOf(browser)
      for (const slug of slugs) {
        const isSeen = visible.includes(slug)
        expect(pages.includes(`/knowledge/${slug}"`), `${who}: ${slug}`).to.equal(isSeen)
        expect((await browser.get(`/knowledge/${slug}`).expect(isSeen ? 200 : 404)).text.includes(word), `${who}: ${slug}`).to.equal(isSeen)
        if (!isSeen) await browser.post(`/knowledge/${slug}/comments`).type('form').send({ comment: 'x' }).expect(404)
        await browser.get(`/knowledge/${slug}/comments/${ids.get(slug)}`).expect(isSeen ? 303 : 404)
        const preview = browser.post(`/knowledge/new/preview?article=${slug}`).type('form').send({ text: 'x' })
        await preview.expect(isSeen ? 200 : 404)
        for (const deed of ['resolve', 'reopen', 'delete'])
          await browser.post(`/knowledge/${slug}/comments/${ids.get(slug)}/${deed}`).expect(isSeen ? 403 : 404)
      }
      expect(pages.includes(`<mark>${word}</mark>`), who).to.equal(visible.length > 0)
      const mistyped = (await browser.get('/search?q=chrysobreyl').expect(200)).text
      expect(mistyped.includes(word), `${who}: as a correction`).to.equal(visible.length > 0)
    }
    const ownPages = await pagesOf(own)
    for (const slug of slugs) expect(ownPages, 'twin').to.include(`/knowledge/${slug}"`)
  })

  it('is no answer to whether an article was useful, and no why', async () => {
    const word = 'labradorite'
    const friend = await site.signInAs(others['a member of a chosen organisation'] as typeof hana)
    await friend.post('/knowledge/for-friends/useful').type('form').send({ useful: 'no', why: word }).expect(303)
    for (const [who, visible] of Object.entries(seen)) {
      const browser = await site.signInAs(others[who] as typeof hana)
      for (const slug of ['the-draft', 'for-the-team', 'for-friends']) {
        const page = await browser.get(`/knowledge/${slug}`).expect(visible.includes(slug) ? 200 : 404)
        const isOwn = who === 'a member of a chosen organisation' && slug === 'for-friends'
        expect(page.text.includes(word), `${who}: ${slug}`).to.equal(isOwn)
        expect(page.text.includes('said so or not'), `${who}: ${slug}`).to.equal(false)
        for (const deed of visible.includes(slug) ? [] : ['useful', 'useful/take-back'])
          await browser.post(`/knowledge/${slug}/${deed}`).type('form').send({ useful: 'yes' }).expect(404)
      }
    }
    const kept = (await (await site.signInAs(hana)).get('/knowledge/for-friends').expect(200)).text
    expect(kept, 'twin').to.include(word).and.include('Useful to 0 of 1 person')
    await friend.post('/knowledge/for-friends/useful/take-back').expect(303)
  })

  it('is nothing that somebody typed and did not save: only its writer reads it, wherever others look', async () => {
    const word = 'tourmaline'
    const own = await site.signInAs(hana)
    const slugs = ['the-draft', 'for-the-team', 'for-friends']
    for (const slug of slugs) {
      const sent = formOn((await own.get(`/knowledge/${slug}/edit`).expect(200)).text, `/knowledge/${slug}`)
      await own
        .post(`/knowledge/${slug}/working-text`)
        .type('form')
        .send({ ...sent, text: word })
        .expect(204)
    }
    await site.services.indexer.settled()
    for (const [who, visible] of Object.entries(seen)) {
      const browser = await site.signInAs(others[who] as typeof hana)
      for (const path of [`/search?q=${word}`, `/search?q=${word}&type=article`, '/search?q=turmaline', '/', '/knowledge'])
        expect(
          (await browser.get(path).expect(200)).text.replaceAll(`q=${word}`, '').includes(`<mark>${word}</mark>`),
          `${who}: ${path}`,
        ).to.equal(false)
      for (const slug of slugs) {
        for (const path of ['', '/history', '/edit', '/edit?working-text=continue'])
          expect((await browser.get(`/knowledge/${slug}${path}`)).text.includes(word), `${who}: ${slug}${path}`).to.equal(false)
        const expected = visible.includes(slug) ? 403 : 404
        for (const path of ['working-text', 'working-text/discard'])
          await browser.post(`/knowledge/${slug}/${path}`).type('form').send({ text: 'x' }).expect(expected)
      }
    }
    for (const slug of slugs)
      expect((await own.get(`/knowledge/${slug}/edit?working-text=continue`).expect(200)).text, 'twin').to.include(word)
    for (const slug of slugs) await own.post(`/knowledge/${slug}/working-text/discard`).expect(303)
  })

  it('answers 404 for the page, its history and its form, as for a page that is not there', async () => {
    const browser = await site.signInAs(others['an editor of another organisation'] as Person & { email: string })
    for (const path of ['', '/history', '/history/compare', '/edit', '/review']) {
      await browser.get(`/knowledge/the-draft${path}`).expect(404)
      await browser.get(`/knowledge/there-is-none${path}`).expect(404)
    }
  })

  it('is known to the page of the search index by its id alone, to administrators who may not read it', async () => {
    const { indexer, models, driftWalks, searchIndexes } = site.services
    const draft = await models.articles.findOne({ slug: 'the-draft' }).asSystem('a test looks at what is kept').lean<Article>()
    const team = await models.articles.findOne({ slug: 'for-the-team' }).asSystem('a test looks at what is kept').lean<Article>()
    const live = (await searchIndexes.of('article'))?.live ?? ''
    await site.engine.bulk(
      live,
      [draft, team].map(article => ({ remove: { id: article?._id ?? '', rev: article?.rev ?? 0 } })),
    )
    site.engine.refuses = id => (id === draft?._id ? 'a field is not in the mapping' : undefined)
    await driftWalks.walk({ repair: true })
    await indexer.settled()
    const browser = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    const { text } = await browser.get('/admin/operations').expect(200)
    site.engine.refuses = () => undefined
    await site.services.indexingState.retry('article', draft?._id ?? '')
    await indexer.drain()
    for (const shown of [`article ${draft?._id}`, 'a field is not in the mapping', `article ${team?._id}`]) expect(text).to.include(shown)
    for (const hidden of [planted, 'the-draft', 'for-the-team']) expect(text).to.not.include(hidden)
  })

  it('is neither named nor counted where skills are kept, merged and unmerged', async () => {
    const browser = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    const post = (path: string, form: object) => browser.post(path).type('form').send(form)
    const planned = await aSkill(site, { name: 'Quartz cuttings' })
    const author = await aPerson(site, { organisation: holders })
    await anArticle(site, author, { title: 'Plan feldsparbasalt', slug: 'the-other-draft', state: 'draft', skillIds: [planned._id] })
    await anArticle(site, author, { title: 'For all', skillIds: [planned._id] })
    const preview = await browser.get('/admin/skills/merges/new?merged=Quartz+cuttings&kept=Quartz+cutting').expect(200)
    expect(preview.text).to.include('1 article that you can read')
    const path = (await post('/admin/skills/merges', formOn(preview.text, '/admin/skills/merges')).expect(303)).headers.location as string
    await site.services.models.skillMoves.updateMany({}, { $set: { 'after.skillId': 'another' } })
    const pages = [preview.text, (await browser.get(path).expect(200)).text]
    await post(`${path}/undo`, {}).expect(303)
    pages.push((await browser.get(path).expect(200)).text, (await browser.get('/admin/skills').expect(200)).text)
    expect(pages[2]).to.include('1 article was changed')
    for (const text of pages)
      for (const hidden of [planted, 'the-draft', 'feldsparbasalt', 'the-other-draft']) expect(text).to.not.include(hidden)
  })

  it('is neither named, counted nor changed where a skill is split', async () => {
    const browser = await site.signInAs(others['an administrator of the partnership elsewhere'] as Person & { email: string })
    const granite = await aSkill(site, { name: 'Granite sawing', aliases: ['Granite polishing'] })
    const author = await aPerson(site, { organisation: holders })
    const about = { text: `Granite polishing ${planted}`, skillIds: [granite._id] }
    const hidden = await anArticle(site, author, { ...about, title: 'Plan polishing', slug: 'hidden-polishing', state: 'draft' })
    const open = await anArticle(site, author, { ...about, title: 'Open polishing', slug: 'open-polishing', text: 'Granite polishing' })
    const preview = await browser.get('/admin/skills/splits/new?skill=Granite+sawing&name=Granite+polishing').expect(200)
    const form = { ...formOn(preview.text, '/admin/skills/splits'), [`article:${hidden._id}`]: 'moves' }
    const path = (await browser.post('/admin/skills/splits').type('form').send(form).expect(303)).headers.location as string
    const pages = [
      preview.text,
      ...(await Promise.all([path, '/admin/skills'].map(async page => (await browser.get(page).expect(200)).text))),
    ]
    expect(pages[0]).to.include('Open polishing')
    expect(pages[1]).to.include('1 article names')
    for (const text of pages)
      for (const secret of [planted, 'Plan polishing', 'hidden-polishing', hidden._id]) expect(text).to.not.include(secret)
    const naming = site.services.models.articles.find({ skillIds: granite._id }).asSystem('a test looks at what is kept')
    expect((await naming.lean()).map(({ _id }) => _id)).to.deep.equal([hidden._id])
    expect((await browser.get('/search?q=skill:%22granite+polishing%22&type=article').expect(200)).text).to.not.include('hidden-polishing')
    expect(open._id).to.not.equal(hidden._id)
  })

  it('counts for nothing in totals, facets and the ranking of people', async () => {
    const reader = asReader(others['an editor of another organisation'] as Person)
    const articles = await site.services.search.search(reader, { q: planted, type: 'article', filters: {}, page: 1 })
    expect(articles.groups.map(group => group.total)).to.deep.equal([0])
    expect(articles.facets).to.deep.equal([])
    const people = await site.services.search.search(reader, { q: planted, type: 'person', filters: {}, page: 1 })
    expect(people.groups.map(group => group.total)).to.deep.equal([0])
  })

  it('speaks for no skill on the profile of its author, to those who may not read it', async () => {
    const profile = async (person: Person & { email: string }) => (await (await site.signInAs(person)).get('/people/hana-holder')).text
    const countedBy = async (person: Person & { email: string }) => /\d+ articles?(?=<\/a> about it)/.exec(await profile(person))?.[0]
    expect(await countedBy(others['an editor of another organisation'] as Person & { email: string })).to.equal(undefined)
    expect(await countedBy(others['a member of a chosen organisation'] as Person & { email: string })).to.equal('1 article')
    expect(await countedBy(hana)).to.equal('3 articles')
  })

  it('is no photo of somebody who is hidden, and no address of one', async () => {
    const { photos, people } = site.services
    const hidden = await aPerson(site, { name: 'Hidden Holder', organisation: holders })
    const opened = versionOf(hidden, ['photo'])
    await photos.change(asReader(hidden), hidden.slug, await aPicture(), opened)
    const browser = await site.signInAs(others['a colleague of the same organisation'] as Person & { email: string })
    const statuses = async () =>
      Promise.all(['', '?size=small'].map(async size => (await browser.get(`/people/${hidden.slug}/photo${size}`)).status))
    expect(await statuses()).to.deep.equal([200, 200])
    expect((await browser.get('/organisations/holders')).text).to.include(`/people/${hidden.slug}/photo`)
    await people.suspend(hidden)
    expect(await statuses()).to.deep.equal([404, 404])
    for (const path of ['/people', '/organisations/holders', '/search?q=hidden&type=person'])
      expect((await browser.get(path).expect(200)).text, path).to.not.include('/photo')
  })

  it('is found by its author, everywhere it belongs', async () => {
    const answer = await site.services.search.search(asReader(hana), { q: planted, type: 'article', filters: {}, page: 1 })
    expect(answer.groups[0]?.found.map(({ record }) => record.slug)).to.have.members(['the-draft', 'for-the-team', 'for-friends'])
  })

  it('would be found by the same checks if the filter were taken out', async () => {
    const all = { tokens: ['partnership', `organisation:${holders._id}`, `person:${hana._id}`, `editors:${holders._id}`] }
    const answer = await site.services.search.search(all, { q: planted, filters: {}, page: 1 })
    expect(answer.groups.find(({ type }) => type.type === 'article')?.total).to.be.greaterThan(0)
    expect(answer.groups.find(({ type }) => type.type === 'person')?.total).to.be.greaterThan(0)
    const unfiltered = await site.services.engine.search({
      alias: 'article',
      readers: all.tokens,
      text: { words: [planted], phrases: [], excluded: [] },
      from: 0,
      size: 10,
    })
    expect(unfiltered.total).to.be.greaterThan(0)
  })
})

const wholeBody = (res: unknown, done: (error: Error | null, body: Buffer) => void) =>
  void buffer(res as NodeJS.ReadableStream).then(
    body => done(null, body),
    (error: Error) => done(error, Buffer.alloc(0)),
  )

/** Where the planted articles may be listed: not on pages of people and skills that list none. */
const shows = (path: string) =>
  /^\{feeds\}/.test(path) ||
  (/^\/(search|requests\/new|knowledge|people\/[^/]+$|news|$)/.test(path) &&
    !path.includes('type=person') &&
    path !== '/search/order' &&
    !path.includes('state=draft'))
