import { expect } from 'chai'
import { anArticle, aPerson } from '../../support/builders.ts'
import { HandoverPage } from '../pages/handoverPage.ts'
import { wordsOf } from '../pages/wordsOf.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { pageFaults } from '../support/pageFaults.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

for (const [window, width, scripts] of [
  ['a phone', 320, true],
  ['a desktop', 1280, true],
  ['a desktop without scripts', 1280, false],
] as const) {
  describe(`somebody leaves, on ${window}`, () => {
    let browser: BrowserSite
    let partnership: SmallPartnership
    let handover: HandoverPage

    before(async () => {
      browser = await startBrowserSite()
      partnership = await aSmallPartnership(browser.site)
      const { wirral, adaeze } = partnership
      await aPerson(browser.site, { name: 'Carys Poole', organisation: wirral })
      await anArticle(browser.site, adaeze, { title: 'Patching hosts at night' })
      await anArticle(browser.site, adaeze, { title: 'Not finished', state: 'draft' })
      await browser.site.services.indexer.settled()
    })
    afterEach(() => browser.endVisits())
    after(() => browser.close())

    const noFaults = async () =>
      expect([...pageFaults(await handover.page.content()), ...(await sidewaysFaults(handover.page))]).to.deep.equal([])

    it('is suspended, then handed over and marked as left, and their articles have another owner', async () => {
      handover = await HandoverPage.open(await browser.visit({ scripts, width, as: partnership.priya }), 'Adaeze Okafor')
      await handover.press('Suspend')
      expect(await handover.notice()).to.include('Adaeze Okafor is suspended')
      await handover.openForm()
      expect(await handover.heading()).to.equal('What Adaeze Okafor owns')
      await noFaults()
      await handover.answer('New owner of the articles', 'Nobody Known')
      await handover.press('Hand over and mark as left')
      expect(await handover.problems()).to.have.length(2)
      expect(await handover.problemsHaveFocus()).to.equal(scripts)
      await noFaults()
      await handover.answer('New owner of the articles', 'Carys Poole')
      await handover.tickNobody(/Nobody yet for drafts/)
      await handover.press('Hand over and mark as left')
      expect(await handover.notice())
        .to.include('Published articles: 1 now with Carys Poole')
        .and.include('marked as left')
      await noFaults()
      await handover.page.goto('/knowledge')
      await handover.follow('Patching hosts at night')
      expect(await wordsOf(handover.main)).to.include('Adaeze Okafor')
      expect(await handover.main.getByRole('link', { name: 'Carys Poole' }).isVisible()).to.equal(true)
      expect(await handover.main.getByRole('link', { name: 'Adaeze Okafor' }).count()).to.equal(0)
      await handover.page.goto('/')
      await handover.follow('People who left and still own something')
      await noFaults()
      expect(await handover.main.getByRole('link', { name: 'Adaeze Okafor' }).isVisible()).to.equal(true)
    })

    it('comes back with a link to choose a password', async () => {
      const page = await browser.visit({ scripts, width, as: partnership.priya })
      await page.goto('/admin/people')
      handover = new HandoverPage(page)
      await handover.follow('Left')
      await handover.follow('Adaeze Okafor')
      await noFaults()
      await handover.press('Let them return')
      expect(await handover.heading()).to.equal('An invitation for Adaeze Okafor')
    })
  })
}
