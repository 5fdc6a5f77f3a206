import { expect } from 'chai'
import { importing } from '../../support/importing.ts'
import { LinkPage } from '../pages/linkPage.ts'
import { SitePage } from '../pages/sitePage.ts'
import { wordsOf } from '../pages/wordsOf.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { pageFaults } from '../support/pageFaults.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

describe('inviting several people', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
    const rows = ['1,Nia Newcome,Wirral Council,nia@wirral.example', '2,Will Newcome,Wirral Council,will@wirral.example']
    await importing(browser.site, 'people', `id,name,organisation,email\n${rows.join('\n')}\n`)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  it('gives a link for each of the chosen, with which they come in, at every width', async () => {
    const page = await browser.visit({ as: partnership.priya })
    const invitations = new SitePage(page)
    const noFaults = async () => expect([...pageFaults(await page.content()), ...(await sidewaysFaults(page))]).to.deep.equal([])
    await page.goto('/admin/people')
    await invitations.follow('Invite several people')
    await noFaults()
    await invitations.press('Make the links')
    expect(await invitations.problems()).to.deep.equal(['Choose whom to invite'])
    await noFaults()
    await invitations.main.getByLabel('Nia Newcome').check()
    await invitations.press('Make the links')
    await noFaults()
    const link = await wordsOf(invitations.main.getByRole('cell').filter({ hasText: '/links/' }))
    expect(await (await LinkPage.open(await browser.visit(), link)).main.textContent()).to.include('Hello Nia Newcome')
  })
})
