import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { AccountsPage } from './pages/accountsPage.ts'
import { ArticleFormPage } from './pages/articleFormPage.ts'
import { FirstRunPage } from './pages/firstRunPage.ts'
import { LinkPage } from './pages/linkPage.ts'
import { awkwardRecords } from './support/awkwardRecords.ts'
import { type BrowserSite, startBrowserSite } from './support/browserSite.ts'
import { pageFaults } from './support/pageFaults.ts'
import { sidewaysFaults } from './support/sideways.ts'
import { aSmallPartnership, type SmallPartnership } from './support/smallPartnership.ts'

type Awkward = Awaited<ReturnType<typeof awkwardRecords>>
type Addresses = (partnership: SmallPartnership, awkward: Awkward) => Record<string, string>

const forVisitors: Addresses = () => ({
  welcome: '/',
  'sign-in': '/sign-in',
  missing: '/nowhere',
  'end of a sign-in': '/sign-in?signed-out',
  'privacy notice': '/privacy',
  'accessibility statement': '/accessibility',
  cookies: '/cookies',
})

const forMembers: Addresses = ({ hosting }, { organisation, article, collection, day, offer, request }) => ({
  home: '/',
  'search without a question': '/search',
  'groups of results': '/search?q=vmware',
  'results narrowed': `/search?q=vmware&organisation=${organisation.slug}&willing=advise`,
  'one type of results': '/search?q=vmware&type=article&page=2',
  'a question with all there is': `/search?q=${encodeURIComponent('vmware OR backup -tape level>=working after:2020')}`,
  'people by several skills': `/search?q=${encodeURIComponent('skill:vmware skill:backup')}&type=person`,
  'why this order': '/search/order',
  'saved searches of a newcomer': '/saved-searches',
  'form to save a search': '/saved-searches/new?q=vmware&type=person',
  'nothing found': '/search?q=zzyzx',
  people: '/people',
  knowledge: '/knowledge?page=2',
  article: `/knowledge/${article.slug}`,
  'history of an article': `/knowledge/${article.slug}/history`,
  collections: '/knowledge/collections',
  'a collection': `/knowledge/collections/${collection.slug}`,
  'a whole collection': `/knowledge/collections/${collection.slug}/whole`,
  'form of a new collection': '/knowledge/collections/new',
  'articles taken along': '/knowledge/export',
  'days to come': '/days',
  'days that are over': '/days?when=past',
  'a day': `/days/${day.slug}`,
  programme: '/programme',
  actions: '/programme/actions?state=all',
  'an action': '/programme/actions/long-action',
  'a decision': '/programme/decisions/long-decision',
  'articles in a state': '/knowledge?kind=service-level-agreement&state=archived',
  'articles of a kind beside each other': '/knowledge/kinds/service-level-agreement?sort=end',
  'form of an agreement': '/knowledge/new?kind=service-level-agreement',
  'form of a new article': '/knowledge/new',
  offers: '/offers',
  'offers of a kind': '/offers?kind=equipment',
  'an offer': `/offers/${offer.slug}`,
  'form of a new offer': '/offers/new',
  'no loans': '/loans',
  'no ledger': '/loans/ledger',
  'form of a loan': '/loans/new',
  'report on pooling': '/reports/pooling',
  'report on pooling of months that are wrong': '/reports/pooling?from=then',
  requests: '/requests',
  'requests that fit': '/requests?show=fit',
  request: `/requests/${request.slug}`,
  'form of a new request': '/requests/new',
  'form of a request after a search': '/requests/new?text=vmware+notes',
  skills: '/skills',
  skill: '/skills/vmware',
  organisations: '/organisations',
  organisation: `/organisations/${organisation.slug}`,
  team: `/teams/${hosting.slug}`,
  account: '/account',
  notifications: '/notifications',
  'how somebody is told': '/account/notifications',
  'days in a calendar': '/account/calendar',
  'minutes of a day': '/days/long-past-day/minutes',
  'versions of minutes': '/days/long-past-day/minutes/history',
  forbidden: '/admin/people',
})

const forAdministrators: Addresses = (
  { hosting },
  { organisation, person, article, agreement, collection, day, loans, offer, synonyms, savedSearch, pin, request },
) => ({
  profile: `/people/${person.slug}`,
  'parts of a profile': `/people/${person.slug}/edit`,
  'form of a part of a profile': `/people/${person.slug}/edit/contact`,
  'form of the teams of a profile': `/people/${person.slug}/edit/teams`,
  'form of a photo': `/people/${person.slug}/edit/photo`,
  'skills of a profile': `/people/${person.slug}/skills`,
  'form of an article': `/knowledge/${article.slug}/edit`,
  'form for pages from a file': '/knowledge/import',
  'form of a collection': `/knowledge/collections/${collection.slug}/edit`,
  loans: '/loans',
  'form of an offer': `/offers/${offer.slug}/edit`,
  'a loan that waits': `/loans/${loans.asked._id}`,
  'a loan that runs': `/loans/${loans.running._id}`,
  'a loan that has ended': `/loans/${loans.ended._id}`,
  ledger: '/loans/ledger',
  'report on pooling with a loan': '/reports/pooling',
  'form of a correction': `/loans/${loans.ended._id}/correction`,
  'form of a new day': '/days/new',
  'form of a day': `/days/${day.slug}/edit`,
  'form of a new session': `/days/${day.slug}/sessions/new`,
  'form of a session': `/days/${day.slug}/sessions/long-session/edit`,
  'who comes to a day': `/days/${day.slug}/attendance`,
  'form of minutes': '/days/long-past-day/minutes/edit',
  'form of a request': `/requests/${request.slug}/edit`,
  'attachments of an article': `/knowledge/${article.slug}/attachments`,
  'an agreement with a change that waits': `/knowledge/${agreement.slug}`,
  'review of an article': `/knowledge/${agreement.slug}/review`,
  'two revisions beside each other': `/knowledge/${agreement.slug}/history/compare?from=1&to=4`,
  'a change beside what is published': `/knowledge/${agreement.slug}/history/compare?to=waiting`,
  'history of an agreement': `/knowledge/${agreement.slug}/history`,
  'form of a changed agreement': `/knowledge/${agreement.slug}/edit`,
  'form of a skill': '/skills/vmware/edit',
  'form of a split': '/admin/skills/splits/new',
  'preview of a split': '/admin/skills/splits/new?skill=VMware&name=Clusters',
  'form of an organisation': `/organisations/${organisation.slug}/edit`,
  'form of a new team': `/organisations/${organisation.slug}/teams/new`,
  'form of a team': `/teams/${hosting.slug}/edit`,
  administration: '/admin',
  accounts: '/admin/people',
  'account of a person': `/admin/people/${person.slug}`,
  'form of an invitation': '/admin/people/new',
  'form for a file of people': '/admin/people/import',
  'form of several invitations': '/admin/invitations',
  synonyms: '/admin/synonyms',
  'saved searches': '/saved-searches',
  'new in a saved search': `/saved-searches/${savedSearch}`,
  'form of a saved search': `/saved-searches/${savedSearch}/edit`,
  'form of synonyms': `/admin/synonyms/${synonyms}/edit`,
  'what is searched for': '/admin/queries?period=12-months',
  pins: '/admin/pins',
  'form of a pin': `/admin/pins/${pin}/edit`,
  'results with what is pinned': '/search?q=vmware+notes',
  'jobs and search index': '/admin/operations',
  mail: '/admin/mail',
  settings: '/admin/settings',
  'form of a text': '/admin/settings/texts/privacy',
})

describe('every kind of page', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership
  let awkward: Awkward

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
    awkward = await awkwardRecords(browser.site, partnership)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  const faultsOf = async (page: Page) => [...pageFaults(await page.content()), ...(await sidewaysFaults(page))]

  async function faultsAt(page: Page, addresses: Record<string, string>): Promise<Record<string, string[]>> {
    const faults: Record<string, string[]> = {}
    for (const [kind, address] of Object.entries(addresses)) {
      await page.goto(address)
      const found = await faultsOf(page)
      if (new URL(page.url()).pathname !== address.split('?')[0]) found.push(`led to ${page.url()}`)
      if (found.length > 0) faults[kind] = found
    }
    return faults
  }

  it('for visitors can be read by everybody, at every width', async () => {
    expect(await faultsAt(await browser.visit(), forVisitors(partnership, awkward))).to.deep.equal({})
  })

  it('for members can be read by everybody, at every width', async () => {
    const page = await browser.visit({ as: partnership.tomos })
    expect(await faultsAt(page, forMembers(partnership, awkward))).to.deep.equal({})
  })

  it('for administrators can be read by everybody, at every width', async () => {
    const page = await browser.visit({ as: partnership.priya })
    expect(await faultsAt(page, forAdministrators(partnership, awkward))).to.deep.equal({})
  })

  it('without scripts can be read by everybody, at every width', async () => {
    const page = await browser.visit({ as: partnership.priya, scripts: false })
    const all = { ...forMembers(partnership, awkward), ...forAdministrators(partnership, awkward) }
    expect(await faultsAt(page, all)).to.deep.equal({})
  })

  it('that answers a form can be read by everybody: problems, notices, links', async () => {
    const form = await ArticleFormPage.open(await browser.visit({ as: partnership.priya }))
    await form.press('Publish')
    expect(await form.problems()).to.have.length(1)
    expect(await faultsOf(form.page)).to.deep.equal([])
    await form.type({ title: 'A draft', text: 'Words.' })
    await form.press('Keep as a draft')
    expect(await faultsOf(form.page)).to.deep.equal([])

    const accounts = await AccountsPage.open(form.page)
    await accounts.press('Invite somebody')
    await accounts.press('Make an invitation')
    expect(await faultsOf(accounts.page)).to.deep.equal([])
    await accounts.invite({ name: 'Ada Newman', email: 'ada@wirral.example' })
    expect(await faultsOf(accounts.page)).to.deep.equal([])
    const link = await LinkPage.open(await browser.visit(), await accounts.link())
    expect(await faultsOf(link.page)).to.deep.equal([])
    await link.choosePassword('short')
    expect(await faultsOf(link.page)).to.deep.equal([])
  })

  it('is seen to be too wide when it is', async () => {
    const page = await browser.visit()
    await page.route('**/sign-in', async route => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()}<pre>${'wide '.repeat(40)}</pre>` })
    })
    await page.goto('/sign-in')
    expect((await sidewaysFaults(page))[0]).to.match(/px too wide at 320 px: .*<pre>wide/)
  })
})

describe('the pages of an empty site', () => {
  it('can be read by everybody, at every width', async () => {
    const browser = await startBrowserSite()
    try {
      const page = await browser.visit()
      await page.goto('/first-run')
      expect([...pageFaults(await page.content()), ...(await sidewaysFaults(page))]).to.deep.equal([])
      const firstRun = await FirstRunPage.open(page, (await browser.site.services.partnership.offerFirstRun()) as string)
      await firstRun.press('Set up Skillpool')
      expect([...pageFaults(await page.content()), ...(await sidewaysFaults(page))]).to.deep.equal([])
      await browser.endVisits()
    } finally {
      await browser.close()
    }
  })
})
