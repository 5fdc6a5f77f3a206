import { expect } from 'chai'
import { ArticleFormPage } from '../pages/articleFormPage.ts'
import { ArticlePage } from '../pages/articlePage.ts'
import { FirstRunPage } from '../pages/firstRunPage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { SignInPage } from '../pages/signInPage.ts'
import { SitePage } from '../pages/sitePage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'

const beginning = {
  partnership: 'Mersey ICT Partnership',
  organisation: 'Cheshire Council',
  name: 'Udo Pooch',
  email: 'udo.pooch@cheshire.example',
  password: 'three odd words here',
}

for (const scripts of [true, false]) {
  describe(`the first run, ${scripts ? 'with' : 'without'} scripts`, () => {
    let browser: BrowserSite
    let token: string

    beforeEach(async () => {
      browser = await startBrowserSite()
      token = (await browser.site.services.partnership.offerFirstRun()) as string
    })
    afterEach(async () => {
      try {
        await browser.endVisits()
      } finally {
        await browser.close()
      }
    })

    it('leads a visitor of an empty site to the address, and with it to a partnership that works', async () => {
      const page = await browser.visit({ scripts })
      await page.goto('/')
      expect(await new SitePage(page).heading()).to.equal('Set up your Skillpool')
      const firstRun = await FirstRunPage.open(page, token)
      await firstRun.begin(beginning)
      expect(await firstRun.notice()).to.include('Mersey ICT Partnership is set up')
      expect(await firstRun.heading()).to.equal('People and their accounts')

      const form = await ArticleFormPage.open(page)
      await form.type({ title: 'How we began', text: 'With one question.' })
      await form.press('Publish')
      await browser.site.services.indexer.settled()
      const search = await SearchPage.open(page, 'began')
      expect(await search.articles()).to.deep.equal(['How we began'])
      expect(await search.people()).to.deep.equal(['Udo Pooch'])
      await search.follow('How we began')
      expect(await new ArticlePage(page).text()).to.include('With one question.')

      await search.signOut()
      await new SignInPage(page).signIn(beginning.email, beginning.password)
      expect(new SitePage(page).path()).to.equal('/')
    })

    it('keeps what was typed when something is wrong, but no password', async () => {
      const page = await browser.visit({ scripts })
      const firstRun = await FirstRunPage.open(page, token)
      await firstRun.begin({ ...beginning, organisation: '', password: 'short' })
      expect(await firstRun.problems()).to.have.length(2)
      expect(await firstRun.problemsHaveFocus()).to.equal(scripts)
      expect(await page.getByLabel('Name of the partnership').inputValue()).to.equal('Mersey ICT Partnership')
      expect(await page.getByLabel('Choose a password').inputValue()).to.equal('')
      await firstRun.begin(beginning)
      expect(await firstRun.heading()).to.equal('People and their accounts')
    })
  })
}
