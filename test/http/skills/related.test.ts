import { expect } from 'chai'
import { load } from 'cheerio'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { aPerson, aSkill } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'
import { WordEncoder } from '../../support/wordEncoder.ts'

describe('related skills', () => {
  const encoder = new WordEncoder()
  let site: TestSite
  let browser: Browser
  let backup: Skill
  let recovery: Skill

  before(async () => {
    site = await startTestSite({ semanticModel: { encoder } })
    site.services.relatedSkills.patienceMs = 15_000
    backup = await aSkill(site, { name: 'Backup', aliases: [] })
    recovery = await aSkill(site, { name: 'Disaster recovery', aliases: [] })
    await aSkill(site, { name: 'Welsh', aliases: [] })
    browser = await site.signInAs(await aPerson(site, { skills: [{ skillId: recovery._id, level: 'expert', willing: [] }] }))
  })
  after(() => site.close())

  const page = async () => load((await browser.get(`/skills/${backup.slug}`).expect(200)).text)
  const related = async () =>
    (await page())('.related-skills a')
      .toArray()
      .map(link => load(link).text())

  it('are those that mean nearly the same, with a link to each', async () => {
    expect(await related()).to.deep.equal(['Disaster recovery'])
    expect((await page())('.related-skills a').attr('href')).to.equal(`/skills/${recovery.slug}`)
  })

  it('count for nobody', async () => {
    const $ = await page()
    expect($('main').text()).to.include('0 people declare it')
    expect($('.row--person').length).to.equal(0)
  })

  it('follow what a skill is called', async () => {
    await site.services.models.skills.updateOne({ _id: recovery._id }, { $set: { name: 'Knitting' } })
    expect(await related()).to.deep.equal([])
    await site.services.models.skills.updateOne({ _id: recovery._id }, { $set: { name: 'Recovery' } })
    expect(await related()).to.deep.equal(['Recovery'])
  })

  it('are not there while the model does not answer, and the page is', async () => {
    encoder.isAway = true
    expect(await related()).to.deep.equal([])
    encoder.isAway = false
    expect(await related()).to.deep.equal(['Recovery'])
  })
})
