import { expect } from 'chai'
import { aPicture } from '../../support/pictures.ts'
import { naturalWidth, ProfilePage } from '../pages/profilePage.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { Keyboard } from '../support/keyboard.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

for (const [size, width] of [
  ['a phone', 320],
  ['a desktop', 1280],
] as const) {
  describe(`the own profile, by keyboard alone, on ${size}`, () => {
    let browser: BrowserSite
    let partnership: SmallPartnership

    before(async () => {
      browser = await startBrowserSite()
      partnership = await aSmallPartnership(browser.site)
    })
    afterEach(() => browser.endVisits())
    after(() => browser.close())

    async function atProfile() {
      const page = await browser.visit({ width, as: partnership.adaeze })
      const profile = await ProfilePage.open(page, partnership.adaeze)
      return { page, profile, keyboard: new Keyboard(page) }
    }

    it('goes from one thing to the next as it is read', async () => {
      const { page, profile } = await atProfile()
      expect(await profile.jumpsBack()).to.deep.equal([])
      await page.evaluate(`Object.assign(document.querySelector('main').style, { display: 'flex', flexDirection: 'column-reverse' })`)
      expect(await profile.jumpsBack()).to.not.have.length(0)
    })

    it('a part of it is changed from where it stands', async () => {
      const { page, profile, keyboard } = await atProfile()
      await keyboard.goTo('link "Change contact"')
      expect(await keyboard.isSeen()).to.equal(true)
      await page.getByRole('link', { name: 'Change contact' }).focus()
      await keyboard.follow()
      await keyboard.goTo('textbox "Working pattern"')
      await page.keyboard.type('Monday to Thursday')
      await keyboard.goTo('button "Save"')
      await keyboard.follow()
      expect(await profile.notice()).to.equal('The profile is saved.')
      expect(await profile.contact()).to.include('Monday to Thursday')
    })

    it('a photo is chosen, and stands in lists as well', async () => {
      const { page, profile, keyboard } = await atProfile()
      await keyboard.goTo('link "Add a photo"')
      await keyboard.follow()
      // Heard from here on: Chromium is told to leave choosers to us before a key is pressed.
      const asked = page.waitForEvent('filechooser')
      await keyboard.goTo('button "Photo"')
      await page.keyboard.press('Space')
      const chooser = await asked
      await chooser.setFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer: await aPicture() })
      await keyboard.goTo('button "Save the photo"')
      await keyboard.follow()
      expect(await profile.photoWidth()).to.equal(320)
      await page.goto('/people')
      expect(await page.locator('.row--person img').count()).to.equal(1)
      expect(await naturalWidth(page, '.row--person img')).to.equal(96)
    })
  })
}
