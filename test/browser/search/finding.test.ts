import { expect } from 'chai'
import { asReader } from '../../support/builders.ts'
import { ArticlePage } from '../pages/articlePage.ts'
import { ProfilePage } from '../pages/profilePage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { SignInPage } from '../pages/signInPage.ts'
import { SitePage } from '../pages/sitePage.ts'
import { wordsOf } from '../pages/wordsOf.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

describe('finding who knows', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  it('is printed as a list: the question and the addresses, without filters and what leads on', async () => {
    const { page } = await SearchPage.open(await browser.visit({ as: partnership.tomos }), 'vmware')
    const parts = ['.filters', '.search-band', '.page-actions', '.search-help', '.only-on-paper', '.row__address']
    const seen = async () => Promise.all(parts.map(part => page.locator(part).first().isVisible()))
    expect(await seen()).to.deep.equal([true, true, true, true, false, false])
    await page.emulateMedia({ media: 'print' })
    expect(await seen()).to.deep.equal([false, false, false, false, true, true])
    expect(await page.locator('.row__address').first().textContent()).to.match(/^http:\/\/[^/]+\/people\/adaeze-okafor/)
    expect(await page.locator('.only-on-paper').first().textContent()).to.match(/^Search: vmware\. .*\/search\?q=vmware$/)
  })
  /** A beacon may arrive after the page it was sent from is left. */
  async function openedOf(words: string, isTold: boolean) {
    for (let tries = 0; tries < 200; tries++) {
      await browser.site.services.queryLog.flush()
      const [last] = await browser.site.services.models.askedQueries.find({ words }).sort({ _id: -1 }).lean()
      if (!isTold || (last?.opened.length ?? 0) > 0) return last?.opened
      await new Promise(later => setTimeout(later, 25))
    }
    return undefined
  }

  for (const scripts of [true, false]) {
    describe(scripts ? 'with scripts' : 'without scripts', () => {
      it('has what is new in a saved search read once it is looked at', async () => {
        const { savedSearches, models } = browser.site.services
        const saving = { name: 'VMware', alert: 'daily' as const, query: 'q=vmware' }
        const { _id } = await savedSearches.save(asReader(partnership.tomos), saving)
        const fresh = [`person:${partnership.adaeze._id}`]
        await models.savedSearches.updateOne({ _id }, { $set: { fresh, foundAt: new Date() } })
        const page = await browser.visit({ scripts, as: partnership.tomos })
        await page.goto(`/saved-searches/${_id}`)
        const button = page.getByRole('button', { name: 'I have looked at these' })
        if (!scripts) await button.click()
        await button.waitFor({ state: 'hidden' })
        expect((await models.savedSearches.findById(_id).lean())?.openedAt).to.be.instanceOf(Date)
      })

      it('leads from the sign-in over a question to an article, and to the person who answers', async () => {
        const page = await browser.visit({ scripts })
        await page.goto('/')
        const welcome = new SitePage(page)
        expect(await welcome.heading()).to.equal('Find who knows, keep what is known')
        await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
        await page.waitForURL('**/sign-in')
        await new SignInPage(page).signIn(partnership.tomos.email)

        await welcome.ask('vmware')
        const search = new SearchPage(page)
        expect(await search.people()).to.deep.equal(['Adaeze Okafor', 'Tomos Hale'])
        expect(await search.reasons('Adaeze Okafor')).to.deep.equal(['Declared: VMware, expert', 'Shown: wrote 1 matching article'])
        expect(await search.articles()).to.include('Moving virtual servers into the shared data centre')

        await search.follow('Moving virtual servers into the shared data centre')
        const article = new ArticlePage(page)
        expect(await article.heading()).to.equal('Moving virtual servers into the shared data centre')
        expect(await openedOf('vmware', scripts)).to.deep.equal(
          scripts ? [{ type: 'article', id: partnership.moving._id, position: 1 }] : [],
        )
        expect(await article.text()).to.include('VMware templates expect a tagged network.')
        await article.follow('Adaeze Okafor')
        const profile = new ProfilePage(page)
        expect(await profile.heading()).to.equal('Adaeze Okafor')
        expect(await profile.contact()).to.include('01606 555 0101')
        expect(await profile.skills()).to.deep.equal([
          'VMware expert can advise, can be lent Shown: wrote 1 article about it I can confirm this: VMware',
        ])
      })

      it('leads back, after the sign-in, to the page that was asked for', async () => {
        const page = await browser.visit({ scripts })
        await SearchPage.open(page, 'vmware')
        await new SignInPage(page).signIn(partnership.tomos.email)
        expect(await new SearchPage(page).people()).to.include('Adaeze Okafor')
      })

      it('narrows by filters, keeps what is chosen, and widens again', async () => {
        const search = await SearchPage.open(await browser.visit({ scripts, as: partnership.tomos }), 'vmware')
        expect(await search.choices('Organisation')).to.have.members(['Cheshire Council', 'Wirral Council'])
        await search.choose('Organisation', 'Wirral Council')
        await search.applyFilters()
        expect(await search.people()).to.deep.equal(['Adaeze Okafor'])
        expect(await search.narrowedTo()).to.deep.equal(['organisation: Wirral Council'])
        expect(await search.isChosen('Organisation', 'Wirral Council')).to.equal(true)
        expect(await search.page.getByLabel('Search people and knowledge').inputValue()).to.equal('vmware')
        await search.choose('Organisation', 'Cheshire Council')
        await search.applyFilters()
        expect(await search.people()).to.deep.equal(['Adaeze Okafor', 'Tomos Hale'])
        await search.widen('organisation: Wirral Council')
        expect(await search.people()).to.deep.equal(['Tomos Hale'])
      })

      it('has the filters behind a disclosure on a phone', async () => {
        const search = await SearchPage.open(await browser.visit({ scripts, width: 320, as: partnership.tomos }), 'vmware')
        expect(await search.filtersAreOpen()).to.equal(false)
        await search.openFilters()
        await search.choose('Willing to', 'be lent')
        await search.applyFilters()
        expect(await search.people()).to.deep.equal(['Adaeze Okafor'])
      })

      it('says so when nothing is found', async () => {
        const search = await SearchPage.open(await browser.visit({ scripts, as: partnership.tomos }), 'zzyzx')
        expect(await wordsOf(search.main)).to.include('Nothing found for “zzyzx”')
      })
    })
  }
})
