import { expect } from 'chai'
import { anArticle, aPerson, aSkill } from '../../support/builders.ts'
import { Combobox } from '../pages/combobox.ts'
import { axeFaults } from '../support/axe.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { theFirstOne } from '../support/smallPartnership.ts'

describe('the search box', () => {
  let browser: BrowserSite

  before(async () => {
    browser = await startBrowserSite()
    await theFirstOne(browser.site)
    await aSkill(browser.site, { name: 'Virtual desktops', slug: 'virtual-desktops' })
    const author = await aPerson(browser.site, { name: 'Vita Virtanen', role: 'Network manager' })
    await anArticle(browser.site, author, { title: 'Virtual servers for small councils' })
    await browser.site.services.indexer.settled()
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  async function onHome(width: number) {
    const page = await browser.visit({ as: await aPerson(browser.site), width })
    await page.goto('/')
    return { page, box: new Combobox(page, 'Search people and knowledge') }
  }

  for (const width of [1280, 320]) {
    it(`suggests people, pages and skills at ${width} px, and leads to the one that is chosen`, async () => {
      const { page, box } = await onHome(width)
      expect(await box.type('virt')).to.have.members([
        'Vita Virtanen person, Network manager',
        'Virtual servers for small councils how-to',
        'Virtual desktops skill',
      ])
      expect(await box.said()).to.include('3 suggestions')
      const [list, input] = [await box.list().boundingBox(), await box.input.boundingBox()]
      expect(list?.width, 'as wide as the box at least').to.be.at.least(input?.width ?? 0)
      expect(list?.y, 'below it').to.be.at.least((input?.y ?? 0) + (input?.height ?? 0))
      expect(await axeFaults(page)).to.deep.equal([])
      while ((await box.active()) !== 'Virtual desktops skill') await page.keyboard.press('ArrowDown')
      await Promise.all([page.waitForURL('**/skills/virtual-desktops'), page.keyboard.press('Enter')])
    })
  }

  it('searches for what is typed while nothing is chosen', async () => {
    const { page, box } = await onHome(1280)
    await box.type('virt')
    await Promise.all([page.waitForURL('**/search?q=virt'), page.keyboard.press('Enter')])
  })

  it('leads nowhere when somebody moves on with the Tab key', async () => {
    const { page, box } = await onHome(1280)
    await box.type('virt')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    expect(await box.isOpen()).to.equal(false)
    expect(await box.typed()).to.equal('virt')
    expect(new URL(page.url()).pathname).to.equal('/')
  })
})
