import { expect } from 'chai'
import { AccountsPage } from '../pages/accountsPage.ts'
import { LinkPage } from '../pages/linkPage.ts'
import { SignInPage } from '../pages/signInPage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

const password = 'maple quarry tiller'

for (const scripts of [true, false]) {
  describe(`inviting and suspending people, ${scripts ? 'with' : 'without'} scripts`, () => {
    let browser: BrowserSite
    let partnership: SmallPartnership
    let accounts: AccountsPage

    before(async () => {
      browser = await startBrowserSite()
      partnership = await aSmallPartnership(browser.site)
    })
    beforeEach(async () => {
      accounts = await AccountsPage.open(await browser.visit({ scripts, as: partnership.priya }))
    })
    afterEach(() => browser.endVisits())
    after(() => browser.close())

    it('gives a link with which somebody comes in, and lets them in no longer from the moment of suspension', async () => {
      await accounts.press('Invite somebody')
      await accounts.invite({ name: 'Ada Newman', email: 'ada@wirral.example', organisation: 'Wirral Council', roles: ['Editor'] })
      expect(await accounts.heading()).to.equal('An invitation for Ada Newman')

      const invited = await LinkPage.open(await browser.visit({ scripts }), await accounts.link())
      expect(await invited.main.textContent())
        .to.include('Hello Ada Newman')
        .and.include('Mersey ICT Partnership')
      await invited.choosePassword(password)
      expect(invited.path()).to.equal('/')
      await invited.goTo('People')
      expect(await invited.heading()).to.equal('People')
      await invited.signOut()
      const signIn = new SignInPage(invited.page)
      await signIn.signIn('ada@wirral.example', password)
      expect(signIn.path()).to.equal('/')

      await accounts.goTo('Administration')
      await accounts.follow('People and their accounts')
      await accounts.follow('Ada Newman')
      await accounts.press('Suspend')
      expect(await accounts.notice()).to.include('Ada Newman is suspended')
      await invited.goTo('Knowledge')
      expect(invited.path()).to.equal('/sign-in')
      await signIn.signIn('ada@wirral.example', password)
      expect(await signIn.problems()).to.have.length(1)

      await accounts.press('Let them sign in again')
      await signIn.signIn('ada@wirral.example', password)
      expect(await signIn.heading()).to.equal('Knowledge')
    })

    it('keeps what was typed when an invitation is refused', async () => {
      await accounts.press('Invite somebody')
      await accounts.invite({ name: 'Ada Newman', email: partnership.tomos.email, organisation: 'Wirral Council', roles: ['Coordinator'] })
      expect(await accounts.problems()).to.deep.equal(['There is an account with this e-mail address already'])
      expect(await accounts.problemsHaveFocus()).to.equal(scripts)
      expect(await accounts.page.getByLabel('Name', { exact: true }).inputValue()).to.equal('Ada Newman')
      expect(await accounts.page.getByLabel('Organisation').locator('option:checked').textContent()).to.equal('Wirral Council')
      expect(await accounts.page.getByLabel('Coordinator').isChecked()).to.equal(true)
    })

    it('gives no link that works twice', async () => {
      await accounts.press('Invite somebody')
      await accounts.invite({ name: 'Grace Murray', email: 'grace@wirral.example' })
      const link = await accounts.link()
      await (await LinkPage.open(await browser.visit({ scripts }), link)).choosePassword(password)
      const again = await LinkPage.open(await browser.visit({ scripts }), link)
      expect(await again.heading()).to.equal('Page not found')
    })

    it('is no page for members', async () => {
      const members = await AccountsPage.open(await browser.visit({ scripts, as: partnership.tomos }))
      expect(await members.heading()).to.equal('You cannot do this')
    })
  })
}
