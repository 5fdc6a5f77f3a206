import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { SitePage } from '../pages/sitePage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { Keyboard } from '../support/keyboard.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

describe('the main tasks, by keyboard alone:', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  async function at(address: string, as: { email: string } = partnership.tomos) {
    const page = await browser.visit({ as })
    await page.goto(address)
    return { page, keyboard: new Keyboard(page), site: new SitePage(page) }
  }

  async function type(page: Page, keyboard: Keyboard, fields: Record<string, string>): Promise<void> {
    for (const [field, text] of Object.entries(fields)) {
      await keyboard.goTo(`textbox "${field}`)
      await page.keyboard.press('Control+A')
      await page.keyboard.type(text)
    }
  }

  async function press(keyboard: Keyboard, button: string): Promise<void> {
    await keyboard.goTo(button)
    await keyboard.follow()
  }

  it('searching', async () => {
    const { page, keyboard, site } = await at('/')
    await keyboard.goTo('combobox "Search people and knowledge"')
    await page.keyboard.type('vmware')
    await keyboard.follow()
    expect(site.path()).to.equal('/search')
    expect(await page.locator('main').textContent()).to.include('Adaeze Okafor')
  })

  it('filtering', async () => {
    const { page, keyboard } = await at('/search?q=vmware')
    await keyboard.goTo('checkbox "Wirral Council')
    await page.keyboard.press('Space')
    await press(keyboard, 'button "Apply filters"')
    expect(await page.locator('.row--person').count()).to.equal(1)
  })

  it('opening a person', async () => {
    const { keyboard, site } = await at('/search?q=vmware')
    await press(keyboard, 'link "Adaeze Okafor"')
    expect(await site.heading()).to.equal('Adaeze Okafor')
  })

  it('opening an article', async () => {
    const { keyboard, site } = await at('/knowledge')
    await press(keyboard, 'link "Moving virtual servers')
    expect(await site.heading()).to.include('Moving virtual servers')
  })

  it('writing an article, and publishing it', async () => {
    const { page, keyboard, site } = await at('/knowledge')
    await press(keyboard, 'button "Write an article"')
    await type(page, keyboard, { Title: 'Typed without a mouse', Text: 'Every word of it.' })
    await press(keyboard, 'button "Keep as a draft"')
    expect(await site.notice()).to.include('The draft is saved')
    await press(keyboard, 'button "Edit"')
    await press(keyboard, 'button "Publish"')
    expect(await site.notice()).to.equal('The article is published.')
  })

  it('editing the own profile', async () => {
    const { page, keyboard, site } = await at(`/people/${partnership.tomos.slug}`)
    await press(keyboard, 'button "Edit the profile"')
    await press(keyboard, 'link "Change contact')
    await type(page, keyboard, { Phone: '01606 555 0199' })
    await press(keyboard, 'button "Save')
    expect(await site.main.textContent()).to.include('01606 555 0199')
  })

  it('adding a skill', async () => {
    const { page, keyboard, site } = await at(`/people/${partnership.tomos.slug}/skills`)
    await keyboard.goTo('combobox "Skill"')
    await page.keyboard.type('Backup and restore')
    await keyboard.goTo('radio')
    await page.keyboard.press('ArrowDown')
    await press(keyboard, 'button "Save the skill"')
    expect(await site.main.textContent()).to.include('Backup and restore')
  })

  it('inviting somebody', async () => {
    const { page, keyboard, site } = await at('/admin/people', partnership.priya)
    await press(keyboard, 'button "Invite somebody"')
    await type(page, keyboard, { Name: 'Ada Newman', 'E-mail address': 'ada@cheshire.example' })
    await press(keyboard, 'button "Make an invitation"')
    expect(await site.main.textContent()).to.include('/links/')
  })

  it('signing out', async () => {
    const { keyboard, site } = await at('/')
    await press(keyboard, 'button "Sign out"')
    expect(site.path()).to.equal('/sign-in')
  })

  it('is told of the problems of a form, which have the focus and lead to their fields', async () => {
    const { page, keyboard, site } = await at('/knowledge/new')
    await press(keyboard, 'button "Publish"')
    expect(await site.problemsHaveFocus()).to.equal(true)
    await keyboard.next()
    await page.keyboard.press('Enter')
    expect(await keyboard.whereItIs()).to.match(/^textbox "Title"/)
    expect(await page.locator(':focus').getAttribute('aria-describedby')).to.include('title-error')
  })
})
