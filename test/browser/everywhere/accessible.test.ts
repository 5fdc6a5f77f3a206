import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { load } from 'cheerio'
import type { Page } from 'playwright-core'
import type { Person } from '../../../server/people/personModel.ts'
import { asReader } from '../../support/builders.ts'
import { formOn } from '../../support/pageForm.ts'
import { type Route, routeTable } from '../../support/routeTable.ts'
import type { Browser } from '../../support/testSite.ts'
import { awkwardRecords } from '../support/awkwardRecords.ts'
import { axeFaults } from '../support/axe.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { crawl, routeFor } from '../support/crawl.ts'
import { onePerRole } from '../support/onePerRole.ts'
import { aSmallPartnership, ida, type SmallPartnership, theFirstOne } from '../support/smallPartnership.ts'

/** Answers for programs, files and pictures: no pages. */
const isForPrograms =
  /^\/(health|metrics|feeds|api|logo|\.well-known)\b|\.(csv|zip|md|pdf|docx|ics)$|\/(suggestions|new\/links|diagrams\/frame|photo|thumbnail|attachments\/:id|comments\/:id)$/
const published = Object.fromEntries([['then', 'publish']])
const states = [
  '/search?q=vmware',
  '/search?q=zzyzx',
  '/search?q=vmware&type=article&page=2',
  '/knowledge?page=9',
  '/sign-in?signed-out',
  '/nowhere',
]

describe('every page of the route tables', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership
  let people: Awaited<ReturnType<typeof onePerRole>>
  let routes: Route[]
  let addresses: string[]

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
    await awkwardRecords(browser.site, partnership)
    people = await onePerRole(browser.site, partnership)
    routes = routeTable(browser.site.services).filter(({ method, path }) => method === 'get' && !isForPrograms.test(path))
    addresses = [...new Set([...(await oneOfEachRoute()), ...states])]
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  const closed = () => routes.map(({ path }) => path).filter(path => !path.includes(':'))

  /** Found by following the links, so that a page which is added is looked at without being named here. */
  async function oneOfEachRoute(): Promise<string[]> {
    const found = new Map(closed().map(path => [path, path]))
    for (const address of await addressesThatNeedMaking()) found.set(routeFor(routes, address) as string, address)
    for (const [, person] of people) {
      for (const { address } of await crawl(await browser.site.signInAs(person), ['/', ...closed()])) {
        const route = routeFor(routes, address)
        if (route !== undefined && !found.has(route)) found.set(route, address)
      }
    }
    return [...found.values()]
  }

  async function addressesThatNeedMaking(): Promise<string[]> {
    const administrator = people.at(-1)?.[1] as Person & { email: string }
    const newcomer = { name: 'Ada Newman', email: 'ada@wirral.example', organisationId: partnership.wirral._id, role: 'Analyst' }
    const invited = await browser.site.services.invitations.invite(asReader(administrator), { ...newcomer, roles: ['member'] })
    const file = `id,name,organisation\n1,Nia Newcome,${partnership.wirral.slug}\n2,No Place,Nowhere\n`
    const uploaded = (await browser.site.signInAs(administrator))
      .post('/admin/people/import')
      .attach('file', Buffer.from(file), 'people.csv')
    const member = people[0]?.[1] as Person & { email: string }
    const proposing = (await browser.site.signInAs(member)).post(`/people/${member.slug}/skills`).type('form')
    await proposing.send({ skill: 'VMware clusters', level: 'working', why: 'We run some.', propose: 'yes' }).expect(303)
    const reporting = (await browser.site.signInAs(member)).post(`/people/${administrator.slug}/report`).type('form')
    await reporting.send({ matter: 'wrong', words: 'Moved to another floor.' }).expect(303)
    const confirming = (await browser.site.signInAs(member)).post(`/people/${administrator.slug}/skills/vmware/confirmations`)
    await confirming.type('form').send({}).expect(303)
    const saving = { name: 'VMware', query: 'q=vmware', alert: 'daily' as const }
    const saved = `/saved-searches/${(await browser.site.services.savedSearches.save(asReader(administrator), saving))._id}`
    const contesting = `/people/${administrator.slug}/skills/vmware/confirmations/${member.slug}/contest`
    return [
      `/links/${invited.link.token}`,
      await browser.site.services.mailEndings.addressOf({ personId: member._id, which: 'daily' }),
      contesting,
      saved,
      `${saved}/edit`,
      (await uploaded.expect(303)).headers.location as string,
      await aMerge(administrator),
      await aComparison(administrator),
      await aPageImport(administrator),
      '/admin/skills/splits/new?skill=VMware&name=Clusters',
      await aSplit(administrator),
    ]
  }

  async function aComparison(writer: Person & { email: string }): Promise<string> {
    const reader = await browser.site.signInAs(writer)
    const form = formOn((await reader.get('/knowledge/new').expect(200)).text, '/knowledge')
    const made = reader.post('/knowledge').type('form')
    const article = (await made.send({ ...form, title: 'Written twice', text: 'The first words.', ...published }).expect(303)).headers
    const again = formOn((await reader.get(`${article.location}/edit`).expect(200)).text, article.location)
    const changed = reader.post(article.location as string).type('form')
    await changed.send({ ...again, text: 'The second words, and more.', ...published }).expect(303)
    return `${article.location}/history/compare`
  }

  async function aPageImport(administrator: Person & { email: string }): Promise<string> {
    const form = { visibility: 'organisation', state: 'draft', owner: 'me' }
    const sending = (await browser.site.signInAs(administrator)).post('/knowledge/import').field(form)
    const { headers } = await sending.attach('file', Buffer.from('# A page\n\nSee [nothing](gone.md).'), 'pages.md').expect(303)
    await browser.site.services.jobRunner.workOff()
    return headers.location as string
  }

  async function aMerge(administrator: Person & { email: string }): Promise<string> {
    const reader = await browser.site.signInAs(administrator)
    for (const name of ['Thin clients', 'Thin client', 'Thinner clients'])
      await reader.post('/skills').type('form').send({ name, group: 'Desktops' }).expect(303)
    const preview = (await reader.get('/admin/skills/merges/new?merged=Thin+clients&kept=Thin+client').expect(200)).text
    const merging = reader.post('/admin/skills/merges').type('form').send(formOn(preview, '/admin/skills/merges'))
    return (await merging.expect(303)).headers.location as string
  }

  async function aSplit(administrator: Person & { email: string }): Promise<string> {
    const reader = await browser.site.signInAs(administrator)
    const preview = (await reader.get('/admin/skills/splits/new?skill=Thinner+clients&name=Zero+clients').expect(200)).text
    const splitting = reader.post('/admin/skills/splits').type('form').send(formOn(preview, '/admin/skills/splits'))
    return (await splitting.expect(303)).headers.location as string
  }

  it('is reached by a link, or made for this test', () => {
    const reached = addresses.map(address => routeFor(routes, address))
    expect(routes.map(({ path }) => path).filter(path => !reached.includes(path))).to.deep.equal([])
  })

  const looked = new Set<string>()

  /** Pages that differ in nothing but who is signed in are looked at once. */
  function isNew(html: string): boolean {
    const markup = html.replace(/sam-everyman-[a-z0-9]+/g, '')
    const print = createHash('sha256').update(markup).digest('base64')
    const before = looked.size
    return looked.add(print).size > before
  }

  async function faultsOf(page: Page, reader: Browser): Promise<Record<string, string[]>> {
    const faults: Record<string, string[]> = {}
    for (const address of addresses) {
      if (!isNew((await reader.get(address)).text)) continue
      await page.goto(address)
      const found = await axeFaults(page)
      if (found.length > 0) faults[address] = found
    }
    return faults
  }

  it('can be used by everybody: visitors', async () => {
    expect(await faultsOf(await browser.visit(), browser.site.visitor())).to.deep.equal({})
  })

  for (const [place, role] of ['member', 'editor', 'coordinator', 'organisation administrator', 'partnership administrator'].entries()) {
    it(`can be used by everybody: ${role}s`, async () => {
      const person = people[place]?.[1] as { email: string }
      expect(await faultsOf(await browser.visit({ as: person }), await browser.site.signInAs(person))).to.deep.equal({})
      expect(looked.size).to.be.greaterThan(4)
    })
  }

  const fillable = 'main form[method=post]:has(input:not([type=hidden]), textarea, select)'

  /** As somebody who fills in nothing and presses the button. */
  async function sendBlank(page: Page, position: number): Promise<number> {
    const answer = page.waitForResponse(response => response.request().method() === 'POST')
    await Promise.all([page.waitForEvent('load'), page.evaluate(blankForm(position))])
    return (await answer).status()
  }

  const blankForm = (position: number) => `{
    const form = document.querySelectorAll('${fillable}')[${position}]
    for (const field of form.querySelectorAll('input[type=text], input[type=email], input[type=tel], input[type=password], input:not([type]), textarea')) field.value = ''
    for (const field of form.querySelectorAll('input[type=radio], input[type=checkbox]')) field.checked = false
    form.submit()
  }`

  async function faultsOfBlankForms(page: Page, reader: Browser): Promise<{ faults: Record<string, string[]>; refused: string[] }> {
    const faults: Record<string, string[]> = {}
    const refused: string[] = []
    for (const address of addresses.filter(address => !address.includes('?'))) {
      const forms = load((await reader.get(address)).text)(fillable).length
      for (let position = 0; position < forms; position++) {
        await page.goto(address)
        if ((await sendBlank(page, position)) !== 422) continue
        refused.push(address)
        const found = await axeFaults(page)
        if (found.length > 0) faults[`${address}, form ${position + 1}`] = found
      }
    }
    return { faults, refused }
  }

  it('can be used by everybody when a form was refused', async () => {
    const administrator = people.at(-1)?.[1] as { email: string }
    const asAdministrator = await faultsOfBlankForms(await browser.visit({ as: administrator }), await browser.site.signInAs(administrator))
    const asVisitor = await faultsOfBlankForms(await browser.visit(), browser.site.visitor())
    expect({ ...asAdministrator.faults, ...asVisitor.faults }).to.deep.equal({})
    expect(asAdministrator.refused.length).to.be.greaterThan(8)
    expect(asVisitor.refused).to.include('/sign-in')
  })

  it('is seen to be unusable when it is: in light, in dark, by the size of a target', async () => {
    const page = await browser.visit()
    await page.goto('/sign-in')
    const planted = `document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text><p class=muted>' +
      '<a href=/a>a</a><a href=/b>b</a></p><p id=dim>dim</p>');
      document.querySelector('#dim').style.color = 'light-dark(#ddd, #333)'; document.documentElement.style.colorScheme = 'light dark';
      for (const link of document.querySelectorAll('main p.muted a')) Object.assign(link.style, { display: 'inline-block', width: '9px', height: '9px' })`
    await page.evaluate(planted)
    const faults = (await axeFaults(page)).join('\n')
    for (const fault of [/^label: /m, /^color-contrast: .*dim/m, /^in dark: color-contrast: .*dim/m, /^target-size: /m])
      expect(faults).to.match(fault)
  })
})

describe('every page of an empty site', () => {
  it('can be used by everybody', async () => {
    const browser = await startBrowserSite()
    try {
      await theFirstOne(browser.site)
      const page = await browser.visit({ as: ida })
      const faults: Record<string, string[]> = {}
      for (const { method, path } of routeTable(browser.site.services)) {
        if (method !== 'get' || path.includes(':') || isForPrograms.test(path)) continue
        await page.goto(path)
        const found = await axeFaults(page)
        if (found.length > 0) faults[path] = found
      }
      expect(faults).to.deep.equal({})
      await browser.endVisits()
    } finally {
      await browser.close()
    }
  })
})
