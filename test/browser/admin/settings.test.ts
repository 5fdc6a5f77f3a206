import { expect } from 'chai'
import { aPicture } from '../../support/pictures.ts'
import { SettingsPage } from '../pages/settingsPage.ts'
import { axeFaults } from '../support/axe.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { pageFaults } from '../support/pageFaults.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

const red = { typed: '#8a1538', computed: 'rgb(138, 21, 56)' }

for (const [device, width] of [
  ['a phone', 360],
  ['a desktop', 1280],
] as const) {
  describe(`the settings, on ${device}`, () => {
    let browser: BrowserSite
    let partnership: SmallPartnership
    let settings: SettingsPage

    before(async () => {
      browser = await startBrowserSite()
      partnership = await aSmallPartnership(browser.site)
    })
    beforeEach(async () => {
      settings = await SettingsPage.open(await browser.visit({ as: partnership.priya, width }))
    })
    afterEach(() => browser.endVisits())
    after(() => browser.close())

    const noFaults = async () =>
      expect([...pageFaults(await settings.page.content()), ...(await sidewaysFaults(settings.page))]).to.deep.equal([])

    it('refuse a colour that cannot be read on, and take the one they propose', async () => {
      await noFaults()
      await settings.type({ 'Name of the partnership': 'Mersey and Dee', Colour: '#e7a' })
      await settings.press('Save: Name and colour')
      const [problem = ''] = await settings.problems()
      expect(problem).to.include('White text on #ee77aa has a contrast of 2.').and.include('4.50 : 1')
      expect(await settings.value('Name of the partnership')).to.equal('Mersey and Dee')
      expect(await settings.value('Colour')).to.equal('#e7a')
      await noFaults()
      await settings.type({ Colour: /(#[0-9a-f]{6})$/.exec(problem)?.[1] ?? '' })
      await settings.press('Save: Name and colour')
      expect(await settings.notice()).to.include('saved')
      expect(await settings.page.title()).to.include('Mersey and Dee')
    })

    it('put a logo into the header, which says the name, and take it away again', async () => {
      await settings.choose('logo.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
      expect(await settings.problems()).to.deep.equal([
        'This is no picture in JPEG, PNG, WebP or GIF. Save it as one of these and choose that file',
      ])
      await noFaults()
      await settings.choose('logo.png', await aPicture({ format: 'png', width: 900, height: 200 }))
      expect(await settings.notice()).to.include('The logo is saved')
      expect(await settings.logoIsSeen()).to.equal(true)
      expect(await axeFaults(settings.page)).to.deep.equal([])
      await noFaults()
      await settings.press('Remove the logo')
      expect(await settings.notice()).to.include('The logo is removed')
      expect(await settings.logoIsSeen()).to.equal(false)
    })

    it('colour the header and the buttons, in light and in dark, and a printed page not', async () => {
      await settings.type({ Colour: red.typed })
      await settings.press('Save: Name and colour')
      expect(await settings.headerColour()).to.equal(red.computed)
      await settings.page.goto('/admin/settings/texts/privacy')
      expect(await settings.buttonColour()).to.equal(red.computed)
      await settings.page.emulateMedia({ colorScheme: 'dark' })
      expect(await settings.headerColour()).to.equal(red.computed)
      expect(await settings.buttonColour(), 'lighter on dark ground').to.not.equal(red.computed)
      await settings.page.emulateMedia({ media: 'print', colorScheme: 'light' })
      const link = `getComputedStyle(document.querySelector('main a')).color`
      expect(await settings.page.evaluate(link)).to.equal('rgb(0, 0, 0)')
    })

    it('keep a text that was looked at before', async () => {
      await settings.follow('Privacy notice')
      await settings.type({ Text: '## Ours\n\nWe keep *little*.' })
      await settings.press('Preview')
      expect(await settings.main.locator('.preview h2').allTextContents()).to.deep.equal(['How it would look', 'Ours'])
      await noFaults()
      await settings.press('Save')
      expect(await settings.notice()).to.include('Privacy notice: the text is saved')
      const visitor = await browser.visit({ width })
      await visitor.goto('/sign-in')
      await visitor.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }).click()
      expect(await visitor.getByRole('main').textContent()).to.include('We keep little.')
      await settings.follow('Privacy notice')
      await settings.press('Back to the default text')
      expect(await settings.notice()).to.include('the text that Skillpool comes with is shown again')
    })

    it('leave every page usable by everybody, in light and in dark', async () => {
      const faults: Record<string, string[]> = {}
      for (const colour of [red.typed, '#767676', '#000000', '#0000ff', '#b35900']) {
        await settings.page.goto('/admin/settings')
        await settings.type({ Colour: colour })
        await settings.press('Save: Name and colour')
        const addresses = [
          '/',
          '/search?q=vmware',
          '/admin/settings',
          '/admin/settings/texts/cookies',
          '/privacy',
          '/knowledge/new',
          '/nowhere',
        ]
        for (const address of colour === red.typed ? addresses : addresses.slice(0, 2)) {
          await settings.page.goto(address)
          const found = await axeFaults(settings.page)
          if (found.length > 0) faults[`${colour} ${address}`] = found
        }
      }
      expect(faults).to.deep.equal({})
    })
  })
}
