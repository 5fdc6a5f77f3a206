import { expect } from 'chai'
import { ProfilePage } from '../pages/profilePage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { Keyboard } from '../support/keyboard.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

const aboveEveryPage = [
  'link "Skip to main content"',
  'link "Skillpool Mersey ICT Partnership"',
  'link "People"',
  'link "Knowledge"',
  'link "Requests"',
  'link "Skills"',
  'link "Days"',
  'link "Organisations"',
  'link "Notifications"',
  'link "Your account: Tomos Hale"',
  'button "Sign out"',
  'combobox "Search people and knowledge"',
  'button "Search"',
]

describe('searching with the keyboard alone', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  async function found(words: string, width = 1280) {
    const search = await SearchPage.open(await browser.visit({ as: partnership.tomos, width }), words)
    return { search, keyboard: new Keyboard(search.page) }
  }

  it('asks, narrows and opens the person who answers', async () => {
    const { search, keyboard } = await found('')
    await keyboard.goTo('combobox "Search people and knowledge"')
    await search.page.keyboard.type('vmware')
    await keyboard.follow()
    await keyboard.goTo('checkbox "Wirral Council')
    await search.page.keyboard.press('Space')
    await keyboard.goTo('button "Apply filters"')
    await keyboard.follow()
    expect(await search.people()).to.deep.equal(['Adaeze Okafor'])
    await keyboard.goTo('link "Adaeze Okafor"')
    await keyboard.follow()
    expect(await new ProfilePage(search.page).heading()).to.equal('Adaeze Okafor')
  })

  it('begins with the way past everything that is on every page', async () => {
    const { search, keyboard } = await found('vmware')
    expect(await keyboard.next()).to.equal('link "Skip to main content"')
    const box = await search.page.locator('.govuk-skip-link').boundingBox()
    expect(box?.width).to.be.greaterThan(100)
    await search.page.keyboard.press('Enter')
    expect(await search.page.locator(':focus').getAttribute('id')).to.equal('main')
    expect(await keyboard.next()).to.match(/^checkbox "Cheshire Council/)
  })

  it('passes everything in the order in which it is read', async () => {
    const { keyboard } = await found('vmware')
    const passed = await keyboard.goTo('link "Moving virtual servers')
    expect(passed.slice(0, aboveEveryPage.length)).to.deep.equal(aboveEveryPage)
    const results = passed.slice(passed.indexOf('button "Apply filters"') + 1).filter(place => !place.includes('matching'))
    expect(results).to.deep.equal([
      'link "Why this order"',
      'link "Adaeze Okafor"',
      'link "VMware, expert"',
      'link "Tomos Hale"',
      'link "VMware, working"',
      'link "Moving virtual servers into the shared data centre"',
    ])
  })

  it('opens the filters of a phone', async () => {
    const { search, keyboard } = await found('vmware', 320)
    await keyboard.goTo('link "Narrow to skill: VMware"')
    await keyboard.next()
    expect(await search.page.locator('summary:focus').textContent()).to.include('Filters')
    await search.page.keyboard.press('Enter')
    expect(await search.filtersAreOpen()).to.equal(true)
    expect(await keyboard.next()).to.match(/^checkbox "Cheshire Council/)
  })

  async function unseenPlaces(width: number): Promise<string[]> {
    const { keyboard } = await found('vmware', width)
    const unseen: string[] = []
    for (let place = await keyboard.next(); !place.startsWith('link "Moving virtual'); place = await keyboard.next()) {
      if (!(await keyboard.isSeen())) unseen.push(place)
    }
    return unseen
  }

  for (const width of [320, 1280]) {
    it(`shows at every step where it is, ${width} px wide`, async () => {
      expect(await unseenPlaces(width)).to.deep.equal([])
    })
  }

  it('would be seen to be lost when nothing marked the focus', async () => {
    const page = await browser.visit()
    const unmarked = '*, *:focus, *:focus-visible { outline: none !important; appearance: none }'
    await page.route('**/main-*.css', route => route.fulfill({ contentType: 'text/css', body: unmarked }))
    await page.goto('/sign-in')
    const keyboard = new Keyboard(page)
    await keyboard.goTo('button "Sign in"')
    expect(await keyboard.isSeen()).to.equal(false)
  })
})
