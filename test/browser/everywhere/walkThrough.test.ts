import { expect } from 'chai'
import { AccountsPage } from '../pages/accountsPage.ts'
import { ArticleFormPage } from '../pages/articleFormPage.ts'
import { ArticlePage } from '../pages/articlePage.ts'
import { LinkPage } from '../pages/linkPage.ts'
import { PeopleImportPage } from '../pages/peopleImportPage.ts'
import { ProfileFormPage } from '../pages/profileFormPage.ts'
import { ProfilePage } from '../pages/profilePage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { SignInPage } from '../pages/signInPage.ts'
import { SkillsPage } from '../pages/skillsPage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { aSmallPartnership, ida, type SmallPartnership } from '../support/smallPartnership.ts'
import { picture } from '../support/walkPictures.ts'

const password = 'maple quarry tiller'

for (const [device, width] of [
  ['phone', 390],
  ['desktop', 1280],
] as const) {
  describe(`a first week, on a ${device}:`, () => {
    let browser: BrowserSite
    let partnership: SmallPartnership

    before(async () => {
      browser = await startBrowserSite()
      partnership = await aSmallPartnership(browser.site)
    })
    afterEach(() => browser.endVisits())
    after(() => browser.close())

    const look = async ({ page }: { page: SearchPage['page'] }, name: string) => {
      expect(await page.evaluate('innerWidth'), `${name} is seen on a ${device}`).to.equal(width)
      await picture(page, `${name}-${device}`)
      expect(await sidewaysFaults(page), name).to.deep.equal([])
      // They were looked for at other widths too.
      await page.setViewportSize({ width, height: 800 })
    }

    it('a newcomer comes from the invitation to a profile and finds whom to ask', async () => {
      const accounts = await AccountsPage.open(await browser.visit({ width, as: partnership.priya }))
      await accounts.press('Invite somebody')
      await accounts.invite({ name: 'Ada Newman', email: 'ada@wirral.example', organisation: 'Wirral Council' })
      const link = await LinkPage.open(await browser.visit({ width }), await accounts.link())
      await look(link, 'invitation')
      await link.choosePassword(password)
      await look(link, 'first-steps')

      const { page } = link
      await page.getByRole('link', { name: 'Your account: Ada Newman' }).click()
      await page.waitForURL('**/account')
      const profile = new ProfilePage(page)
      await profile.follow('Your profile, as others see it')
      await profile.press('Edit the profile')
      const form = new ProfileFormPage(page)
      await form.follow('Change name and role')
      await form.type('Role', 'Service desk analyst')
      await form.press('Save')
      await profile.follow('Change about')
      await form.type('About', 'I answer the phone.')
      await form.press('Save')
      await profile.follow('Change contact')
      await form.type('Phone', '0151 555 0100')
      await form.press('Save')
      await profile.follow('Change skills')
      const skills = new SkillsPage(page)
      await skills.declare({ skill: 'Backup and restore', level: 'Practitioner', willing: ['Advise'] })
      await skills.follow('Back to the profile')
      await look(profile, 'profile')

      await browser.site.services.indexer.settled()
      const search = new SearchPage(page)
      await search.ask('vmware')
      expect(await search.people()).to.include('Adaeze Okafor')
      await look(search, 'first-search')
      await search.ask('backup and restore')
      expect(await search.people()).to.include('Ada Newman')
    })

    it('an editor writes an article and shares it with another organisation beside their own, and nobody else finds it', async () => {
      const form = await ArticleFormPage.open(await browser.visit({ width, as: partnership.adaeze }))
      await form.type({ title: 'Heliographs on the roof', text: '## Where\n\nOn the **east** roof.', skills: 'VMware' })
      await form.type({ readers: 'Your organisation and those chosen below' })
      await form.main.getByRole('checkbox', { name: 'Cheshire Council', exact: true }).check()
      await look(form, 'writing')
      await form.press('Publish')
      const article = new ArticlePage(form.page)
      expect(await article.notice()).to.equal('The article is published.')
      await look(article, 'article')

      await browser.site.services.indexer.settled()
      const found = async (as: { email: string }) => {
        const visit = await browser.visit({ width })
        await (await SignInPage.open(visit)).signIn(as.email)
        return (await SearchPage.open(visit, 'heliographs')).articles()
      }
      expect(await found(partnership.tomos)).to.deep.equal(['Heliographs on the roof'])
      expect(await found(ida)).to.deep.equal([])
    })

    it('an administrator imports 120 people and suspends one who left', async () => {
      const imports = await PeopleImportPage.open(await browser.visit({ width, as: partnership.priya }))
      const rows = Array.from({ length: 120 }, (_, place) => `wirral-${place};Newcome ${place};Wirral Council`)
      await imports.send(['id;name;organisation', ...rows].join('\r\n'))
      expect(await imports.count('would be added')).to.equal('120')
      await look(imports, 'import')
      await imports.press('Save these changes')
      expect(await imports.count('were added')).to.equal('120')

      const accounts = new AccountsPage(imports.page)
      await accounts.goTo('Administration')
      await accounts.follow('People and their accounts')
      await accounts.find('Tomos Hale')
      await accounts.follow('Tomos Hale')
      await accounts.press('Suspend')
      expect(await accounts.notice()).to.include('Tomos Hale is suspended')
      await look(accounts, 'suspended')
      const refused = await SignInPage.open(await browser.visit({ width }))
      await refused.signIn(partnership.tomos.email)
      expect(await refused.problems()).to.have.length(1)
    })
  })
}
