import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { SitePage } from '../pages/sitePage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { pageFaults } from '../support/pageFaults.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

describe('a profile is reported, on a phone without scripts', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  const noFaults = async (page: Page) => expect([...pageFaults(await page.content()), ...(await sidewaysFaults(page))]).to.deep.equal([])

  it('and the administrator answers what waits on the home page', async () => {
    const { adaeze, priya, tomos } = partnership
    const reporter = await browser.visit({ scripts: false, width: 320, as: tomos })
    await reporter.goto(`/people/${adaeze.slug}`)
    const reporting = new SitePage(reporter)
    await reporting.follow('Report a problem with this profile')
    await noFaults(reporter)
    await reporting.press('Report')
    expect(await reporting.problems()).to.have.length(1)
    await noFaults(reporter)
    await reporter.getByLabel('Details are wrong').check()
    await reporter.getByLabel('In your words').fill('The number is of the old office.')
    await reporting.press('Report')
    expect(await reporting.notice()).to.include('The administrators see your report')

    const page = await browser.visit({ scripts: false, width: 320, as: priya })
    await page.goto('/')
    const answering = new SitePage(page)
    await answering.follow('Profiles reported')
    await noFaults(page)
    await answering.follow('Adaeze Okafor: details are wrong')
    await noFaults(page)
    await page.getByLabel('Handled').check()
    await page.getByLabel('What was done').fill('Changed the number.')
    await answering.press('Answer the report')
    expect(await answering.notice()).to.include('The report about Adaeze Okafor is answered')
    await noFaults(page)
  })
})
