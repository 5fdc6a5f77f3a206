import { expect } from 'chai'
import { aPdf } from '../../support/attachables.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { ArticleFormPage } from '../pages/articleFormPage.ts'
import { ArticlePage } from '../pages/articlePage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { SitePage } from '../pages/sitePage.ts'
import { wordsOf } from '../pages/wordsOf.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

const dayMs = 86_400_000

describe('the life of a service level agreement', () => {
  const clock = new MovableClock()
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite({ clock })
    partnership = await aSmallPartnership(browser.site)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  const pageOf = async (as: { email: string }, path: string) => {
    const page = await browser.visit({ as })
    await page.goto(path)
    return new SitePage(page)
  }

  it('is written from its template, approved, found by a word of its PDF only, and reviewed in time', async () => {
    const { adaeze, tomos } = partnership
    const form = await ArticleFormPage.open(await browser.visit({ as: adaeze }))
    await form.chooseKind('Service level agreement')
    expect((await form.typed()).text).to.include('## What is covered')
    await form.type({ title: 'Hosting of the planning system', readers: 'Everybody in the partnership' })
    await form.fill({
      Service: 'Hosting',
      Provider: 'Wirral Council',
      Customer: 'Cheshire Council',
      Targets: 'Answered within 4 hours: 95 %',
      Text: '## What is covered\n\nTwo virtual servers.',
    })
    await form.press('Keep as a draft')
    const written = new ArticlePage(form.page)
    const path = written.path()
    await written.attach({ name: 'appendix.pdf', mimeType: 'application/pdf', buffer: aPdf(['Prices', 'The altimeter is not included']) })
    await written.follow('Back to the article')
    await written.press('Edit')
    await form.fill({ 'Who approves it': 'Tomos Hale' })
    await form.press('Send for approval')
    expect(await wordsOf(written.main)).to.include('In approval')

    const approving = await pageOf(tomos, '/')
    await approving.main
      .getByRole('link', { name: /Hosting of the planning system/ })
      .first()
      .click()
    await approving.press('Approve')
    expect(await wordsOf(approving.main))
      .to.include('reviewed today by Tomos Hale')
      .and.include('Answered within 4 hours')

    await browser.site.services.jobRunner.workOff()
    await browser.site.services.indexer.settled()
    const results = await SearchPage.open(await browser.visit({ as: tomos }), 'altimeter')
    expect(await results.main.getByRole('heading', { level: 3 }).allTextContents()).to.include('Hosting of the planning system')
    expect(await results.main.getByRole('link', { name: 'found in appendix.pdf, page 2' }).count()).to.equal(1)

    const remindedOf = async () => wordsOf((await pageOf(adaeze, '/notifications')).main)
    expect(await remindedOf()).to.not.include('To review')
    clock.move(160 * dayMs)
    await browser.site.services.jobRunner.workOff()
    expect(await remindedOf()).to.match(/To review within \d+ days: “Hosting of the planning system”/)
    const article = await ArticlePage.open(await browser.visit({ as: adaeze }), { slug: path.split('/').at(-1) as string })
    expect(await wordsOf(article.main)).to.include('months ago by Tomos Hale')
    await article.press('Still right')
    expect(await wordsOf(article.main)).to.include('reviewed today by Adaeze Okafor')
    expect(await remindedOf()).to.not.include('To review')
  })
})
