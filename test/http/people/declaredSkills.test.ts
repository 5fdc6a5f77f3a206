import { expect } from 'chai'
import type { Person } from '../../../server/people/personModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { aPerson, aSkill } from '../../support/builders.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('skills on a profile', () => {
  let site: TestSite
  let ada: Person & { email: string }
  let browser: Browser
  let path: string

  before(async () => {
    site = await startTestSite()
    await aSkill(site, { name: 'VMware', aliases: ['vSphere', 'ESX i'] })
    await aSkill(site, { name: 'Oracle' })
    await aSkill(site, { name: 'Oracle Forms' })
    const target = await aSkill(site, { name: 'Kubernetes' })
    await aSkill(site, { name: 'K8s', mergedInto: target._id })
  })
  after(() => site.close())

  beforeEach(async () => {
    ada = await aPerson(site, { name: `Ada ${newId()}` })
    browser = await site.signInAs(ada)
    path = `/people/${ada.slug}/skills`
  })

  const declare = (given: object) =>
    browser
      .post(path)
      .type('form')
      .send({ level: 'working', ...given })
  const declared = async () => ((await site.services.people.byId(ada._id)) as Person).skills
  const shown = async () => (await browser.get(`/people/${ada.slug}`).expect(200)).text

  it('are declared with level, month and what somebody is willing to do', async () => {
    await declare({ skill: 'VMware', level: 'expert', lastUsed: '2009-11', willing: ['advise', 'lend'] })
      .expect(303)
      .expect('Location', path)
    expect((await browser.get(path).expect(200)).text).to.include('The skill is on the profile.')
    const page = await shown()
    for (const text of ['VMware', 'expert', 'last used November 2009', 'can advise, can be lent']) expect(page).to.include(text)
  })

  it('are changed by declaring them once more, under any of their names', async () => {
    await declare({ skill: 'VMware', level: 'working', willing: 'lend' }).expect(303)
    await declare({ skill: '  esx   I ', level: 'expert' }).expect(303)
    expect(await declared()).to.have.length(1)
    expect((await declared())[0])
      .to.include({ level: 'expert' })
      .and.deep.include({ willing: [] })
  })

  it('are those of the whole name, not of a part of it', async () => {
    for (const [name, slug] of [
      ['oracle forms', 'oracle-forms'],
      ['ORACLE', 'oracle'],
      ['k8s', 'kubernetes'],
    ] as const) {
      await declare({ skill: name }).expect(303)
      expect(linksOn(await shown())).to.include(`/skills/${slug}`)
    }
    expect(await declared()).to.have.length(3)
  })

  it('are taken off again, each with its own button', async () => {
    await declare({ skill: 'VMware' }).expect(303)
    await declare({ skill: 'Oracle' }).expect(303)
    const page = (await browser.get(path).expect(200)).text
    const [action = ''] = /\/people\/[^"]+\/skills\/vmware\/delete/.exec(page) ?? []
    await browser.post(action).type('form').send({}).expect(303).expect('Location', path)
    expect(await shown())
      .to.include('Oracle')
      .and.not.include('VMware')
    await browser.post(action).type('form').send({}).expect(303)
    await browser.post(`${path}/nonsense/delete`).type('form').send({}).expect(303)
    expect(await declared()).to.have.length(1)
  })

  for (const [what, given, problems] of [
    ['no skill', { skill: '' }, { skill: 'Enter the name of a skill' }],
    ['a skill out of the blue', { skill: 'Juggling' }, { skill: /“Juggling” is not in the skills vocabulary/ }],
    ['a known skill inside other words', { skill: 'Hating VMware' }, { skill: /“Hating VMware” is not in the skills vocabulary/ }],
    ['signs without a word', { skill: '!!!' }, { skill: /“!!!” is not in the skills vocabulary/ }],
    ['no level', { skill: 'VMware', level: '' }, { level: 'Choose a level' }],
    ['a level that there is none', { skill: 'VMware', level: 'wizard' }, { level: 'Choose a level' }],
    ['a month that is none', { skill: 'VMware', lastUsed: '2009-13' }, { lastUsed: 'Write the month as 2026-03' }],
    ['a month in words', { skill: 'VMware', lastUsed: 'last May' }, { lastUsed: 'Write the month as 2026-03' }],
    ['a month to come', { skill: 'VMware', lastUsed: '2999-01' }, { lastUsed: 'Enter a month that has begun' }],
    ['willing to do anything', { skill: 'VMware', willing: ['advise', 'anything'] }, { willing: 'Choose only from the list' }],
  ] as const) {
    it(`refuses ${what}, with what was typed still there`, async () => {
      const typed = { level: 'expert', lastUsed: '2009-11', willing: ['advise', 'mentor'], ...given } as Record<string, string | string[]>
      const again = await declare(typed).expect(422)
      const found = problemsOn(again.text)
      expect(found).to.have.all.keys(...Object.keys(problems))
      for (const [field, problem] of Object.entries(problems)) expect(found[field]).to.match(new RegExp(problem))
      const form = formOn(again.text, path)
      for (const field of ['skill', 'lastUsed']) expect(form[field]).to.equal(typed[field])
      if (typed.level === 'expert') expect(form.level).to.equal('expert')
      if (!('willing' in given)) expect(form.willing).to.deep.equal(typed.willing)
      expect(await declared()).to.deep.equal([])
    })
  }

  it('are several at once, with commas between, each found by any of its names', async () => {
    await declare({ skill: 'vSphere, oracle forms; K8s,, VMware', level: 'practitioner', willing: 'advise' }).expect(303)
    expect((await browser.get(path).expect(200)).text).to.include('3 skills are on the profile.')
    expect(linksOn(await shown())).to.include.members(['/skills/vmware', '/skills/oracle-forms', '/skills/kubernetes'])
    expect((await declared()).map(({ level }) => level)).to.deep.equal(['practitioner', 'practitioner', 'practitioner'])
  })

  it('of a name with a comma are one', async () => {
    await aSkill(site, { name: 'Nuts, bolts and screws' })
    await declare({ skill: 'nuts, bolts and screws' }).expect(303)
    expect(linksOn(await shown())).to.include('/skills/nuts-bolts-and-screws')
  })

  it('of which one is unknown are refused all together, with what was typed still there', async () => {
    const again = await declare({ skill: 'VMware, Juggling, Whittling' }).expect(422)
    expect(problemsOn(again.text).skill).to.include('“Juggling” and “Whittling” are not in the skills vocabulary')
    expect(formOn(again.text, path).skill).to.equal('VMware, Juggling, Whittling')
    expect(await declared()).to.deep.equal([])
  })

  it('that are not kept any more can still be taken off', async () => {
    const gone = await aSkill(site, { name: 'Telex' })
    await declare({ skill: 'Telex' }).expect(303)
    await site.services.models.skills.deleteOne({ _id: gone._id })
    expect((await browser.get(path).expect(200)).text).to.include('A skill that is not kept any more')
    await browser.post(`${path}/${gone._id}/delete`).type('form').send({}).expect(303)
    expect(await declared()).to.deep.equal([])
  })

  it('find their person, who is shown on the page of the skill', async () => {
    await declare({ skill: 'Oracle Forms', level: 'practitioner', willing: 'mentor' }).expect(303)
    await site.services.indexer.settled()
    expect(linksOn((await browser.get('/search?q=oracle+forms&type=person').expect(200)).text)).to.include(`/people/${ada.slug}`)
    const page = (await browser.get('/skills/oracle-forms').expect(200)).text
    expect(linksOn(page)).to.include(`/people/${ada.slug}`)
    expect(page).to.include('practitioner · can mentor')
  })

  it('all stay when several are declared at the same moment', async () => {
    const names = ['VMware', 'Oracle', 'Oracle Forms', 'Kubernetes']
    const answers = await Promise.all(names.map(skill => declare({ skill })))
    expect(answers.map(({ status }) => status)).to.deep.equal(names.map(() => 303))
    expect(await declared()).to.have.length(names.length)
  })
})
