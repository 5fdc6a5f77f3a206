import { expect } from 'chai'
import { aPerson, aSkill } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

interface Suggestion {
  value: string
  hint?: string
}

describe('suggestions of skills', () => {
  let site: TestSite
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    const kubernetes = await aSkill(site, { name: 'Kubernetes', aliases: ['K8s'] })
    await aSkill(site, { name: 'K8s clusters', mergedInto: kubernetes._id })
    await aSkill(site, { name: 'VMware', aliases: ['vSphere', 'ESXi'] })
    await aSkill(site, { name: 'Backup and restore' })
    await aSkill(site, { name: 'Restoring furniture' })
    await aSkill(site, { name: 'Rest' })
    await aSkill(site, { name: 'C++' })
    await aSkill(site, { name: 'Hidden resting', readers: ['organisation:elsewhere'] })
    browser = await site.signInAs(await aPerson(site))
  })
  after(() => site.close())

  const suggested = async (typed: string): Promise<Suggestion[]> => {
    const { body } = await browser
      .get(`/skills/suggestions?q=${encodeURIComponent(typed)}`)
      .expect(200)
      .expect('Content-Type', /json/)
    return (body as { suggestions: Suggestion[] }).suggestions
  }
  const names = async (typed: string) => (await suggested(typed)).map(({ value }) => value)

  it('begin with what is typed, then have a word that does', async () => {
    expect(await names('rest')).to.deep.equal(['Rest', 'Restoring furniture', 'Backup and restore'])
    expect(await names(' VMW ')).to.deep.equal(['VMware'])
    expect(await names('c+')).to.deep.equal(['C++'])
  })

  it('are found by another name, which is said', async () => {
    expect(await suggested('vsph')).to.deep.equal([{ value: 'VMware', hint: 'vSphere' }])
  })

  it('are found with a slip of the finger', async () => {
    expect(await names('vmwrae')).to.deep.equal(['VMware'])
    expect(await names('kubernets')).to.deep.equal(['Kubernetes'])
    expect(await names('bakcup')).to.deep.equal(['Backup and restore'])
  })

  it('are those that the reader may know of, and what was merged is not among them', async () => {
    expect(await names('hidden')).to.deep.equal([])
    expect(await names('k8s')).to.deep.equal(['Kubernetes'])
  })

  it('are none for nothing, signs or nonsense, and few for much', async () => {
    for (const typed of ['', ' ', '!!!', 'x'.repeat(5_000), '\u0000', 'zzyzx'])
      expect(await names(typed), typed.slice(0, 10)).to.deep.equal([])
    await browser.get('/skills/suggestions?q=a&q=b').expect(200)
    for (let more = 0; more < 10; more++) await aSkill(site, { name: `Plumbing ${more}` })
    expect(await names('plumbing')).to.have.length(8)
  })

  it('are for people who are signed in', async () => {
    await site.visitor().get('/skills/suggestions?q=vm').expect(302)
  })
})
