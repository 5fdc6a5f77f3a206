import { expect } from 'chai'
import { aPdf } from '../../support/attachables.ts'
import { ArticleFormPage } from '../pages/articleFormPage.ts'
import { ArticlePage } from '../pages/articlePage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

const text = '## Before\n\nTake a **snapshot**.\n\n<script>alert(1)</script>'

describe('writing an article', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  for (const scripts of [true, false]) {
    describe(scripts ? 'with scripts' : 'without scripts', () => {
      const foundByTomos = async (words: string) => {
        await browser.site.services.indexer.settled()
        return (await SearchPage.open(await browser.visit({ scripts, as: partnership.tomos }), words)).main
          .getByRole('heading', { level: 3 })
          .allTextContents()
      }

      it('goes from a draft that nobody else finds to a published article that others find, and stays open to change', async () => {
        const title = `Upgrading hosts ${scripts ? 'tonight' : 'tomorrow'}`
        const form = await ArticleFormPage.open(await browser.visit({ scripts, as: partnership.adaeze }))
        await form.type({ title, kind: 'Release procedure', text, skills: 'vSphere, Backup and restore' })
        await form.press('Keep as a draft')
        const article = new ArticlePage(form.page)
        expect(await article.notice()).to.include('The draft is saved')
        expect(await article.isDraft()).to.equal(true)
        expect(await foundByTomos(title)).to.not.include(title)

        await article.press('Edit')
        expect(await form.typed()).to.deep.equal({
          title,
          kind: 'Release procedure',
          text,
          skills: 'VMware, Backup and restore',
          readers: 'Everybody in the partnership',
        })
        await form.press('Publish')
        expect(await article.isDraft()).to.equal(false)
        expect(await article.text()).to.include('Take a snapshot. <script>alert(1)</script>')
        expect(await foundByTomos(title)).to.include(title)

        await article.press('Edit')
        await form.type({ text: `${text}\n\nAnd a heliograph.` })
        await form.press('Save')
        expect(await article.text()).to.include('And a heliograph.')
        expect(await foundByTomos('heliograph')).to.include(title)
        await article.follow('See its history')
        expect(await article.main.getByRole('heading', { level: 2 }).allTextContents()).to.include('Revision 3')
      })

      it('takes a file, and is found by a word that is only in it', async () => {
        const word = scripts ? 'astrolabes' : 'sextants'
        const name = `${word}.pdf`
        const article = await ArticlePage.open(await browser.visit({ scripts, as: partnership.adaeze }), partnership.moving)
        await article.attach({ name, mimeType: 'application/pdf', buffer: aPdf(['First', `Made of ${word}`]) })
        expect(await article.notice()).to.equal(`“${name}” is attached.`)
        await browser.site.services.jobRunner.workOff()
        expect(await foundByTomos(word)).to.include(partnership.moving.title)
        const results = await SearchPage.open(await browser.visit({ scripts, as: partnership.tomos }), word)
        expect(await results.main.getByRole('link', { name: `found in ${name}, page 2` }).count()).to.equal(1)
        await article.press(`Remove ${name}`)
        expect(await foundByTomos(word)).to.not.include(partnership.moving.title)
      })

      it('keeps everything typed when the form is refused, and leads to what is wrong', async () => {
        const form = await ArticleFormPage.open(await browser.visit({ scripts, as: partnership.adaeze }))
        const typed = { title: '', kind: 'Lesson learned', text, skills: 'Alchemy', readers: 'Your organisation' }
        await form.type(typed)
        await form.press('Publish')
        expect(await form.problems()).to.deep.equal(['Enter a title'])
        expect(await form.problemsHaveFocus()).to.equal(scripts)
        expect(await form.page.title()).to.match(/^Error: /)
        expect(await form.typed()).to.deep.equal(typed)

        await form.main.getByRole('link', { name: 'Enter a title' }).click()
        expect(await form.page.locator(':focus').getAttribute('id')).to.equal('title')
        await form.type({ title: 'A lesson' })
        await form.press('Publish')
        expect(await form.problems()).to.have.length(1)
        expect((await form.problems())[0]).to.include('Alchemy')
        expect(await form.typed()).to.deep.equal({ ...typed, title: 'A lesson' })
      })

      it('brings together what two write at once, and has them settle what does not go together', async () => {
        const begun = ['First', 'Second', 'Third', 'Fourth', 'Fifth']
        const title = `Written at once ${scripts ? 'tonight' : 'tomorrow'}`
        const one = await ArticleFormPage.open(await browser.visit({ scripts, as: partnership.adaeze }))
        await one.type({ title, text: begun.join('\n') })
        await one.press('Publish')
        const two = new ArticleFormPage(await browser.visit({ scripts, as: partnership.adaeze }))
        await two.page.goto(one.page.url())
        for (const form of [one, two]) await form.press('Edit')
        await one.type({ text: begun.with(0, 'First, by one').join('\n') })
        await one.press('Save')
        await two.type({ text: begun.with(4, 'Fifth, by two').join('\n') })
        await two.press('Save')
        expect(await two.main.locator('.govuk-error-summary').textContent()).to.match(
          / saved at \d\d:\d\d, while you were writing\. Both texts are together in the form/,
        )
        expect(await two.main.getByRole('region', { name: 'Comparison' }).textContent())
          .to.include('First, by one')
          .and.include('Fifth, by two')
        expect((await two.typed()).text).to.equal(begun.with(0, 'First, by one').with(4, 'Fifth, by two').join('\n'))
        await two.press('Save')

        await one.press('Edit')
        await two.press('Edit')
        await one.type({ text: 'All of one' })
        await one.press('Save')
        await two.type({ text: 'All of two' })
        await two.press('Save')
        expect((await two.typed()).text)
          .to.include('\nAll of one\n')
          .and.include('\nAll of two\n')
        await two.press('Save')
        expect((await two.problems())[0]).to.include('Line 1 is a mark between two texts')
        await two.type({ text: 'All of one\n\nAll of two' })
        await two.press('Save')
        expect(await new ArticlePage(two.page).text()).to.equal('All of one All of two')
      })

      it('keeps what is typed while it is typed, where there are scripts, and offers it when the form is opened again', async () => {
        const form = await ArticleFormPage.open(await browser.visit({ scripts, as: partnership.tomos }))
        await form.type({ title: 'Begun at four', text: 'Not finished' })
        if (!scripts) return expect(await form.main.getByRole('status').textContent()).to.equal('')
        await form.main.getByText(/^What you typed is kept for you, \d\d:\d\d$/).waitFor()
        await form.page.goto('/knowledge/new')
        expect((await form.typed()).title).to.equal('')
        await form.follow('Continue with it')
        expect(await form.typed()).to.include({ title: 'Begun at four', text: 'Not finished' })
        await form.press('Keep as a draft')
        await form.page.goto('/knowledge/new')
        expect(await form.main.getByText('that is not saved as a revision').count()).to.equal(0)
      })

      it('is for those who may: others read without a button to edit', async () => {
        const theirs = await ArticlePage.open(await browser.visit({ scripts, as: partnership.adaeze }), partnership.moving)
        const others = await ArticlePage.open(await browser.visit({ scripts, as: partnership.tomos }), partnership.moving)
        expect([await theirs.mayBeEdited(), await others.mayBeEdited()]).to.deep.equal([true, false])
      })
    })
  }
})
