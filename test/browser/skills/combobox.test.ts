import { expect } from 'chai'
import { aPerson, aSkill } from '../../support/builders.ts'
import { Combobox } from '../pages/combobox.ts'
import { SkillsPage } from '../pages/skillsPage.ts'
import { axeFaults } from '../support/axe.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { Keyboard } from '../support/keyboard.ts'
import { theFirstOne } from '../support/smallPartnership.ts'

describe('an input with suggestions', () => {
  let browser: BrowserSite

  before(async () => {
    browser = await startBrowserSite()
    await theFirstOne(browser.site)
    for (const name of ['VMware', 'Virtual desktops', 'Oracle', 'Oracle Forms', 'Backup and restore']) await aSkill(browser.site, { name })
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  async function onSkills(width = 1280) {
    const person = await aPerson(browser.site)
    const page = await browser.visit({ as: person, width })
    await page.goto(`/people/${person.slug}/skills`)
    return { page, skills: new SkillsPage(page), skill: new Combobox(page, 'Skill') }
  }

  it('adds three skills by keyboard alone', async () => {
    const { page, skills, skill } = await onSkills()
    const keyboard = new Keyboard(page)
    await keyboard.goTo('combobox "Skill"')
    for (const [typed, found] of [
      ['vmw', 'VMware'],
      [', forms', 'Oracle Forms'],
      [', rest', 'Backup and restore'],
    ] as const) {
      expect(await skill.type(typed)).to.deep.equal([found])
      await page.keyboard.press('ArrowDown')
      expect(await skill.active()).to.equal(found)
      await page.keyboard.press('Enter')
    }
    expect(await skill.typed()).to.equal('VMware, Oracle Forms, Backup and restore')
    await keyboard.goTo('radio')
    await page.keyboard.press('ArrowDown')
    await keyboard.goTo('button "Save the skill"')
    await keyboard.follow()
    expect(await skills.notice()).to.equal('3 skills are on the profile.')
    expect(await skills.names()).to.deep.equal(['VMware', 'Oracle Forms', 'Backup and restore'])
  })

  it('says how many there are, and what was chosen', async () => {
    const { page, skill } = await onSkills()
    expect(await skill.type('orac')).to.deep.equal(['Oracle', 'Oracle Forms'])
    expect(await skill.said()).to.include('2 suggestions')
    expect(await skill.input.getAttribute('aria-expanded')).to.equal('true')
    expect(await axeFaults(page)).to.deep.equal([])
    await page.keyboard.press('ArrowUp')
    expect(await skill.active()).to.equal('Oracle Forms')
    expect(await axeFaults(page)).to.deep.equal([])
    await page.keyboard.press('Enter')
    expect(await skill.said()).to.equal('Oracle Forms is chosen')
    expect(await skill.isOpen()).to.equal(false)
    expect(await skill.input.getAttribute('aria-expanded')).to.equal('false')
  })

  it('goes round, closes with Escape, and leaves what was typed when nothing is chosen', async () => {
    const { page, skill } = await onSkills()
    await skill.type('orac')
    for (const expected of ['Oracle', 'Oracle Forms', 'Oracle']) {
      await page.keyboard.press('ArrowDown')
      expect(await skill.active()).to.equal(expected)
    }
    await page.keyboard.press('Escape')
    expect(await skill.isOpen()).to.equal(false)
    expect(await skill.typed()).to.equal('orac')
    expect(await skill.active()).to.equal(undefined)
    await page.keyboard.press('ArrowDown')
    await skill.list().waitFor()
    await page.keyboard.press('Tab')
    expect(await skill.isOpen()).to.equal(false)
    expect(await skill.typed()).to.equal('orac')
  })

  it('completes the name at the caret, not the last one', async () => {
    const { page, skill } = await onSkills()
    await skill.input.fill('vmw, Oracle')
    await skill.list().waitFor()
    await page.keyboard.press('Escape')
    for (const _of of ', Oracle') await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    await skill.list().waitFor()
    expect(await skill.suggestions()).to.deep.equal(['VMware'])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await skill.typed()).to.equal('VMware, Oracle')
  })

  it('is used with a finger on a phone, and fits there', async () => {
    const { page, skill } = await onSkills(320)
    await skill.type('orac')
    const box = await skill.list().boundingBox()
    expect(box?.x).to.be.at.least(0)
    expect((box?.x ?? 0) + (box?.width ?? 999)).to.be.at.most(320)
    const option = await skill.list().getByRole('option').first().boundingBox()
    expect(option?.height).to.be.at.least(44)
    await skill.list().getByRole('option', { name: 'Oracle Forms' }).click()
    expect(await skill.typed()).to.equal('Oracle Forms')
    expect(await page.evaluate('document.activeElement.id')).to.equal('skill')
  })

  it('suggests nothing when the site does not answer, and says nothing of it', async () => {
    const { page, skill } = await onSkills()
    await page.route('**/skills/suggestions*', route => route.fulfill({ status: 503, body: 'busy' }))
    await skill.input.fill('')
    await page.keyboard.type('orac')
    await page.waitForResponse('**/skills/suggestions*')
    expect(await skill.isOpen()).to.equal(false)
    await browser.endVisits().catch(() => undefined)
  })
})
