import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { anArticle, aPerson, aRequest } from '../../support/builders.ts'
import { axeFaults } from '../support/axe.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { theFirstOne } from '../support/smallPartnership.ts'

describe('asking for help', () => {
  let browser: BrowserSite

  before(async () => {
    browser = await startBrowserSite()
    await theFirstOne(browser.site)
    const author = await aPerson(browser.site)
    await anArticle(browser.site, author, { title: 'Kumquat printers' })
    await aRequest(browser.site, author, { title: 'Kumquat printer offline', state: 'done' })
    await anArticle(browser.site, author, { title: 'Persimmon licences' })
    await browser.site.services.indexer.settled()
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  async function onForm(visit: { scripts?: boolean; width?: number } = {}) {
    const page = await browser.visit({ ...visit, as: await aPerson(browser.site) })
    await page.goto('/requests/new')
    return page
  }
  const helps = (page: Page) => page.locator('#may-help')
  const type = (page: Page, label: string, words: string) => page.getByLabel(label, { exact: true }).pressSequentially(words)

  for (const width of [1280, 320]) {
    it(`shows at ${width} px what may help already while somebody types, and says so`, async () => {
      const page = await onForm({ width })
      await type(page, 'In one line', 'Kumquat')
      await helps(page).getByRole('link', { name: 'Kumquat printers' }).waitFor()
      await helps(page).getByRole('link', { name: 'Kumquat printer offline' }).waitFor()
      expect(await helps(page).getByRole('status').textContent()).to.equal('2 pages may help already.')
      expect(await axeFaults(page)).to.deep.equal([])
      expect(await sidewaysFaults(page)).to.deep.equal([])
      await page.getByLabel('In one line', { exact: true }).fill('Persimmon')
      await helps(page).getByRole('link', { name: 'Persimmon licences' }).waitFor()
      expect(await helps(page).getByRole('link').count()).to.equal(1)
      await type(page, 'What you need, and what you tried', 'kumquat')
      await helps(page).getByRole('link', { name: 'Kumquat printers' }).waitFor()
      expect(await page.getByLabel('In one line', { exact: true }).inputValue()).to.equal('Persimmon')
    })
  }

  it('says when it cannot look, and keeps what stood there and what is typed', async () => {
    const page = await onForm()
    await type(page, 'In one line', 'Persimmon')
    await helps(page).getByRole('link', { name: 'Persimmon licences' }).waitFor()
    await page.route('**/may-help', route => route.fulfill({ status: 200, body: '<p>Sign in</p>' }))
    await type(page, 'In one line', ' keys')
    await helps(page).getByText('cannot be looked for at the moment').waitFor()
    expect(await helps(page).getByRole('link').count()).to.equal(1)
    expect(await page.getByLabel('In one line', { exact: true }).inputValue()).to.equal('Persimmon keys')
  })

  it('is looked for by a button without scripts', async () => {
    const page = await onForm({ scripts: false })
    await type(page, 'In one line', 'Persimmon')
    expect(await helps(page).getByRole('link').count()).to.equal(0)
    await page.getByRole('button', { name: 'See what may help already' }).click()
    await helps(page).getByRole('link', { name: 'Persimmon licences' }).waitFor()
    expect(await page.getByLabel('In one line', { exact: true }).inputValue()).to.equal('Persimmon')
  })
})
