import { expect } from 'chai'
import { aPicture } from '../../support/pictures.ts'
import { ProfileFormPage } from '../pages/profileFormPage.ts'
import { ProfilePage } from '../pages/profilePage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { SkillsPage } from '../pages/skillsPage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

for (const scripts of [true, false]) {
  describe(`the own profile, ${scripts ? 'with' : 'without'} scripts`, () => {
    let browser: BrowserSite
    let partnership: SmallPartnership

    before(async () => {
      browser = await startBrowserSite()
      partnership = await aSmallPartnership(browser.site)
    })
    afterEach(() => browser.endVisits())
    after(() => browser.close())

    it('is reached from the account and says what its person typed', async () => {
      const page = await browser.visit({ scripts, as: partnership.tomos })
      await page.getByRole('link', { name: 'Your account: Tomos Hale' }).click()
      await page.waitForURL('**/account')
      const profile = new ProfilePage(page)
      await profile.follow('Your profile, as others see it')
      await profile.press('Edit the profile')
      const form = new ProfileFormPage(page)
      await form.follow('Change name and role')
      await form.type('Role', 'Virtualisation engineer')
      await form.press('Save')
      await profile.follow('Change about')
      await form.type('About', 'I look after hosts.\n\nCall me <b>early</b>.')
      await form.press('Save')
      await profile.follow('Change contact')
      await form.type('Phone', '0151 555 0100')
      await form.press('Save')
      expect(await profile.notice()).to.include('The profile is saved.')
      expect(await profile.main.textContent())
        .to.include('Virtualisation engineer')
        .and.include('Call me <b>early</b>.')
      expect(await profile.contact()).to.include('Call 0151 555 0100')
    })

    it('keeps what was typed when something is wrong with it', async () => {
      const form = await ProfileFormPage.open(await browser.visit({ scripts, as: partnership.tomos }), partnership.tomos, 'contact')
      await form.type('Phone', '0'.repeat(60))
      await form.type('Working pattern', 'Mornings')
      await form.type('E-mail that colleagues see', 'nonsense')
      await form.press('Save')
      expect(await form.problems()).to.have.length(2)
      expect(await form.problemsHaveFocus()).to.equal(scripts)
      expect(await form.typed('Working pattern')).to.equal('Mornings')
      expect(await form.typed('E-mail that colleagues see')).to.equal('nonsense')
    })

    it('gets a skill, by which its person is found, and loses it again', async () => {
      const page = await browser.visit({ scripts, as: partnership.tomos })
      const profile = await ProfilePage.open(page, partnership.tomos)
      await profile.follow('Change skills')
      const skills = new SkillsPage(page)
      await skills.declare({ skill: 'backup and restore', level: 'Practitioner', lastUsed: '2026-03', willing: ['Advise'] })
      expect(await skills.names()).to.deep.equal(['VMware', 'Backup and restore'])
      await skills.follow('Back to the profile')
      expect(await profile.skills()).to.include(
        'Backup and restore practitioner last used March 2026 · can advise Shown: wrote 1 article about it',
      )
      await browser.site.services.indexer.settled()
      expect(await (await SearchPage.open(page, 'skill:"backup and restore"')).people()).to.deep.equal(['Tomos Hale'])

      await page.goto(`/people/${partnership.tomos.slug}/skills`)
      await skills.takeOff('Backup and restore')
      expect(await skills.names()).to.deep.equal(['VMware'])
    })

    it('takes no skill that the vocabulary does not have, and keeps the choice', async () => {
      const page = await browser.visit({ scripts, as: partnership.tomos })
      await page.goto(`/people/${partnership.tomos.slug}/skills`)
      const skills = new SkillsPage(page)
      await skills.declare({ skill: 'Alchemy', level: 'Expert', willing: ['Be lent'] })
      expect((await skills.problems())[0]).to.include('“Alchemy” is not in the skills vocabulary')
      expect(await page.getByLabel('Skill', { exact: true }).inputValue()).to.equal('Alchemy')
      expect(await page.getByLabel('Expert').isChecked()).to.equal(true)
      expect(await page.getByLabel('Be lent').isChecked()).to.equal(true)
    })

    for (const width of [320, 1280])
      it(`gets a photo, refuses what is none, and loses it again, at ${width} px`, async () => {
        const page = await browser.visit({ scripts, width, as: partnership.tomos })
        const profile = await ProfilePage.open(page, partnership.tomos)
        await profile.follow('Add a photo')
        const form = new ProfileFormPage(page)
        await form.choosePhoto(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'me.svg')
        await form.press('Save the photo')
        expect((await form.problems())[0]).to.include('This is no picture')
        await form.choosePhoto(await aPicture())
        await form.press('Save the photo')
        expect(await profile.notice()).to.equal('The photo is saved.')
        expect(await profile.photoWidth()).to.equal(320)
        expect(await sidewaysFaults(page)).to.deep.equal([])
        await profile.follow('Change the photo')
        await form.press('Remove the photo')
        expect(await profile.photoWidth()).to.equal(undefined)
      })

    it('is for its person: somebody else has no way to change it', async () => {
      const page = await browser.visit({ scripts, as: partnership.tomos })
      const profile = await ProfilePage.open(page, partnership.adaeze)
      expect(await page.getByRole('button', { name: 'Edit the profile' }).count()).to.equal(0)
      await page.goto(`/people/${partnership.adaeze.slug}/edit`)
      expect(await profile.heading()).to.equal('You cannot do this')
    })
  })
}
