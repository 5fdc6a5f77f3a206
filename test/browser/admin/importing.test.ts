import { expect } from 'chai'
import { AccountsPage } from '../pages/accountsPage.ts'
import { PeopleImportPage } from '../pages/peopleImportPage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { pageFaults } from '../support/pageFaults.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

for (const scripts of [true, false]) {
  describe(`importing people from a file, ${scripts ? 'with' : 'without'} scripts`, () => {
    let browser: BrowserSite
    let partnership: SmallPartnership
    let imports: PeopleImportPage

    before(async () => {
      browser = await startBrowserSite()
      partnership = await aSmallPartnership(browser.site)
    })
    beforeEach(async () => {
      imports = await PeopleImportPage.open(await browser.visit({ scripts, as: partnership.priya }))
    })
    afterEach(() => browser.endVisits())
    after(() => browser.close())

    const noFaults = async () =>
      expect([...pageFaults(await imports.page.content()), ...(await sidewaysFaults(imports.page))]).to.deep.equal([])

    it('shows what would change, saves it when that is confirmed, and the people are there', async () => {
      await noFaults()
      const rows = ['wirral-1;Nia Newcome;Wirral Council', 'wirral-2;Will Newcome;Wirral Council', 'wirral-3;Nobody;Nowhere']
      await imports.send(['id;name;organisation', ...rows].join('\r\n'))
      expect(await imports.heading()).to.equal('What this file would change')
      expect(await imports.count('would be added')).to.equal('2')
      expect(await imports.main.getByRole('table').textContent()).to.include('there is no organisation "Nowhere"')
      await noFaults()
      await imports.press('Save these changes')
      expect(await imports.heading()).to.equal('People are imported')
      expect(await imports.count('were added')).to.equal('2')
      await noFaults()
      expect(await (await AccountsPage.open(imports.page)).names()).to.include.members(['Nia Newcome', 'Will Newcome'])
    })

    it('says what is wrong with a file beside it, with the choice kept', async () => {
      await imports.send('id,name\r\n1,A', { absentLeave: 'Wirral Council' })
      expect((await imports.problems()).join()).to.include('the column "organisation" is missing')
      expect(await imports.problemsHaveFocus()).to.equal(scripts)
      expect(await imports.page.getByLabel('have left').isChecked()).to.equal(true)
      expect(await imports.page.getByLabel('Whose people may leave').locator('option:checked').textContent()).to.equal('Wirral Council')
      await noFaults()
    })
  })
}
