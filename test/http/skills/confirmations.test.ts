import { expect } from 'chai'
import { load } from 'cheerio'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { skillVersionOf } from '../../../server/skills/skillVersion.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anOrganisation, aPerson, aSkill, asReader } from '../../support/builders.ts'
import { importing } from '../../support/importing.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }

describe('confirming the skill of a colleague', () => {
  let site: TestSite
  let vmware: Skill
  let place: string
  let tomos: Account
  let tomosBrowser: Browser
  let other: Browser
  let ada: Account
  let owner: Browser
  let profile: string
  let all: string

  before(async () => {
    site = await startTestSite()
    vmware = await aSkill(site, { name: 'VMware' })
    await aSkill(site, { name: 'Oracle' })
    place = (await anOrganisation(site, { name: 'Wirral Council' }))._id
    tomos = await aPerson(site, { name: 'Tomos Hale', slug: 'tomos-hale', organisationId: place })
    tomosBrowser = await site.signInAs(tomos)
    other = await site.signInAs(await aPerson(site, { name: 'Rowan Birch', slug: 'rowan-birch', organisationId: place }))
  })
  after(() => site.close())
  beforeEach(async () => {
    ada = await aPerson(site, { name: `Ada ${newId()}`, organisationId: place, skills: [knows(vmware)] })
    owner = await site.signInAs(ada)
    profile = `/people/${ada.slug}`
    all = `${profile}/skills/vmware/confirmations`
  })

  const knows = ({ _id }: Skill, level: Person['skills'][number]['level'] = 'working') => ({ skillId: _id, level, willing: [] })
  const post = (browser: Browser, path: string, form: object = {}) => browser.post(path).type('form').send(form)
  const confirm = (browser: Browser) => post(browser, all).expect(303).expect('Location', profile)
  const withdraw = (browser: Browser) => post(browser, `${all}/withdraw`).expect(303).expect('Location', profile)
  const contest = (words: string) => post(owner, `${all}/tomos-hale/contest`, { words })
  const words = async (browser: Browser, path = profile) =>
    load((await browser.get(path).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')
  /** What the page of the skill says of Ada. */
  const rowOf = async (browser: Browser) => {
    const $ = load((await browser.get('/skills/vmware').expect(200)).text)
    return $(`li:has(a[href="${profile}"])`).text().replace(/\s+/g, ' ')
  }
  const kept = () => site.services.models.confirmations.find({ personId: ada._id }).lean()
  const tomosConfirms = 'confirmed by Tomos Hale'

  it('is one click on the profile, seen by everybody by name, and taken back by another', async () => {
    const page = await tomosBrowser.get(profile).expect(200)
    expect(formOn(page.text, all)).to.deep.equal({})
    expect(load(page.text)(`form[action="${all}"] button`).text()).to.equal('I can confirm this: VMware')
    await confirm(tomosBrowser)
    expect(await words(tomosBrowser))
      .to.include('You confirm that Ada')
      .and.include(tomosConfirms)
      .and.include('Withdraw my confirmation')
    for (const browser of [owner, other]) expect(await words(browser)).to.include(tomosConfirms)
    expect(linksOn((await other.get(profile)).text)).to.include(all)
    expect(await words(other, all)).to.match(/Tomos Hale Wirral Council · on \d+ \w+ \d{4} ?$/)
    expect(await rowOf(other)).to.include('confirmed by 1 colleague')
    await withdraw(tomosBrowser)
    for (const browser of [owner, other, tomosBrowser]) expect(await words(browser)).to.not.include('confirmed by')
    expect(await kept()).to.deep.equal([])
  })

  it('is there once when it comes several times at the same moment, and again after it was withdrawn', async () => {
    const second = await site.signInAs(tomos)
    await Promise.all([confirm(tomosBrowser), confirm(second), confirm(tomosBrowser), confirm(second)])
    expect(await kept()).to.have.length(1)
    await Promise.all([withdraw(tomosBrowser), withdraw(second)])
    await confirm(tomosBrowser)
    expect((await words(owner)).split('Tomos Hale')).to.have.length(2)
  })

  it('is never by oneself, and only of a skill that is on the profile', async () => {
    expect(load((await owner.get(profile)).text)(`form[action="${all}"]`)).to.have.length(0)
    await post(owner, all).expect(403)
    await post(tomosBrowser, `${profile}/skills/oracle/confirmations`).expect(404)
    await post(tomosBrowser, `${profile}/skills/juggling/confirmations`).expect(404)
    await post(tomosBrowser, '/people/nobody/skills/vmware/confirmations').expect(404)
    expect(await kept()).to.deep.equal([])
  })

  it('names three, and counts the others', async () => {
    for (const name of ['Ann One', 'Ben Two', 'Cat Three']) await confirm(await site.signInAs(await aPerson(site, { name })))
    await confirm(tomosBrowser)
    expect(await words(other)).to.match(/confirmed by [A-Z]\w+ \w+, [A-Z]\w+ \w+, [A-Z]\w+ \w+ and 1 other/)
    expect(await words(other, all))
      .to.include('Ann One')
      .and.include('Ben Two')
      .and.include('Cat Three')
      .and.include('Tomos Hale')
  })

  it('says at which level it was given when that is another one now', async () => {
    await confirm(tomosBrowser)
    await post(owner, `${profile}/skills`, { skill: 'VMware', level: 'expert' }).expect(303)
    expect(await words(other)).to.include(tomosConfirms)
    expect(await words(other, all))
      .to.include('at the level working')
      .and.include('declared as expert')
  })

  it('is hidden by whoever has the skill: it does not count, only the two see it, and it can be shown again', async () => {
    await confirm(tomosBrowser)
    await post(owner, `${all}/tomos-hale/hide`).expect(303).expect('Location', all)
    expect(await words(owner)).to.include('you hide or contest 1 confirmation')
    expect(await words(owner, all)).to.include('Tomos Hale hidden')
    for (const path of [profile, all]) expect(await words(tomosBrowser, path)).to.include('does not show your confirmation')
    for (const path of [profile, all]) expect(await words(other, path)).to.not.include('Tomos Hale')
    expect(await rowOf(other))
      .to.include('Ada')
      .and.not.include('confirmed')
    await post(owner, `${all}/tomos-hale/show`).expect(303)
    expect(await words(other)).to.include(tomosConfirms)
  })

  it('is contested with words, which whoever gave it reads on the page, and nobody else', async () => {
    await confirm(tomosBrowser)
    const form = await owner.get(`${all}/tomos-hale/contest`).expect(200)
    expect(formOn(form.text)).to.deep.equal({ words: '' })
    const again = await contest('  ').expect(422)
    expect(problemsOn(again.text)).to.deep.equal({ words: 'Say why, so that your colleague understands it' })
    const long = await contest('x'.repeat(501)).expect(422)
    expect(problemsOn(long.text).words).to.include('500 characters or fewer')
    expect(formOn(long.text).words).to.equal('x'.repeat(501))
    await contest('I only <watched> it.').expect(303)
    const said = 'contests your confirmation, so it does not count: “I only <watched> it.”'
    for (const path of [profile, all]) expect(await words(tomosBrowser, path)).to.include(said)
    expect(await words(owner, all))
      .to.include('Tomos Hale contested')
      .and.include('I only <watched> it.')
    for (const path of [profile, all])
      expect(await words(other, path))
        .to.not.include('watched')
        .and.not.include('Tomos')
  })

  it('stays contested when it is withdrawn and given again', async () => {
    await confirm(tomosBrowser)
    await contest('Never touched it.').expect(303)
    await withdraw(tomosBrowser)
    expect(await words(owner)).to.not.include('you hide or contest')
    await confirm(tomosBrowser)
    expect(await words(tomosBrowser)).to.include('contests your confirmation')
    expect(await words(other)).to.not.include('confirmed by')
    expect(await kept()).to.have.length(1)
  })

  it('is hidden and contested by nobody but whoever has the skill, an administrator neither', async () => {
    await confirm(tomosBrowser)
    const administrator = await site.signInAs(await aPerson(site, { organisationId: place, roles: ['partnership administrator'] }))
    for (const browser of [other, tomosBrowser, administrator]) {
      for (const path of ['hide', 'show', 'contest']) await post(browser, `${all}/tomos-hale/${path}`, { words: 'No.' }).expect(403)
      await browser.get(`${all}/tomos-hale/contest`).expect(403)
    }
    await post(owner, `${all}/rowan-birch/hide`).expect(404)
    expect(await words(other)).to.include(tomosConfirms)
  })

  it('goes with the skill: declared again, it is confirmed by nobody', async () => {
    await confirm(tomosBrowser)
    await post(owner, `${profile}/skills/vmware/delete`).expect(303)
    await tomosBrowser.get(all).expect(404)
    await post(tomosBrowser, `${all}/withdraw`).expect(404)
    await post(owner, `${profile}/skills`, { skill: 'VMware', level: 'expert' }).expect(303)
    expect(await words(other))
      .to.include('VMware')
      .and.not.include('confirmed by')
  })

  it('counts for nothing while whoever gave it is suspended or has left, and again when they are back', async () => {
    const leaver = await aPerson(site, { name: 'Lena Leaver', organisationId: place })
    await confirm(await site.signInAs(leaver))
    const { people, leavers } = site.services
    const steps: [() => Promise<void>, boolean][] = [
      [() => people.suspend(leaver), false],
      [() => people.resume(leaver), true],
      [() => leavers.leave(leaver), false],
      [() => leavers.comeBack(leaver), true],
    ]
    for (const [step, isShown] of steps) {
      await step()
      for (const path of [profile, all]) expect((await words(other, path)).includes('Lena'), path).to.equal(isShown)
      expect((await rowOf(other)).includes('confirmed by 1 colleague')).to.equal(isShown)
      expect((await words(owner)).includes('confirmed by Lena')).to.equal(isShown)
    }
  })

  it('is not given to somebody who is suspended', async () => {
    await site.services.people.suspend(ada)
    await post(tomosBrowser, all).expect(404)
    await tomosBrowser.get(all).expect(404)
  })

  describe('in a search for the skill', () => {
    const people = async (browser: Browser) => {
      await site.services.indexer.settled()
      const page = new SearchResults((await browser.get('/search?skill=vmware&type=person').expect(200)).text)
      return { names: page.titles('person'), page }
    }
    let first: Account
    let second: Account
    const of = ({ slug }: Account) => `/people/${slug}/skills/vmware/confirmations`

    beforeEach(async () => {
      const alike = { organisationId: place, skills: [knows(vmware, 'expert')] }
      const both = [await aPerson(site, { name: `Bo ${newId()}`, ...alike }), await aPerson(site, { name: `Cy ${newId()}`, ...alike })]
      ;[first, second] = both.sort((a, b) => (a._id < b._id ? -1 : 1)) as [Account, Account]
    })

    it('puts whoever is confirmed before whoever is alike in all that they declare, and says by whom; who left counts for nothing', async () => {
      const standing = async () => {
        const { names, page } = await people(other)
        return { isFirst: names.indexOf(second.name) < names.indexOf(first.name), reasons: page.reasons(second.name), page }
      }
      expect(await standing()).to.deep.include({ isFirst: false, reasons: ['Declared: VMware, expert'] })
      const leaver = await aPerson(site, { name: 'Lena Leaver', organisationId: place })
      await post(await site.signInAs(leaver), of(second)).expect(303)
      const confirmed = await standing()
      expect(confirmed).to.deep.include({ isFirst: true, reasons: ['Declared: VMware, expert', 'Confirmed: confirmed by Lena Leaver'] })
      expect(await words(other, confirmed.page.href('Lena Leaver'))).to.include(`Who confirms VMware of ${second.name}`)
      await post(tomosBrowser, of(second)).expect(303)
      expect((await standing()).reasons[1]).to.equal('Confirmed: confirmed by Tomos Hale and 1 other')
      await site.services.leavers.leave(leaver)
      expect((await standing()).reasons[1]).to.equal('Confirmed: confirmed by Tomos Hale')
      await post(tomosBrowser, `${of(second)}/withdraw`).expect(303)
      expect(await standing()).to.deep.include({ isFirst: false, reasons: ['Declared: VMware, expert'] })
    })

    it('counts nothing that is hidden or contested, for nobody, and never makes up for a level', async () => {
      await post(tomosBrowser, of(second)).expect(303)
      await post(other, of(second)).expect(303)
      const ofSecond = await site.signInAs(second)
      await post(ofSecond, `${of(second)}/tomos-hale/hide`).expect(303)
      await post(ofSecond, `${of(second)}/rowan-birch/contest`, { words: 'No.' }).expect(303)
      for (const browser of [other, tomosBrowser, ofSecond]) {
        const { names, page } = await people(browser)
        expect(names.indexOf(first.name)).to.be.below(names.indexOf(second.name))
        expect(page.reasons(second.name)).to.deep.equal(['Declared: VMware, expert'])
      }
      await post(ofSecond, `${of(second)}/tomos-hale/show`).expect(303)
      await post(ofSecond, `/people/${second.slug}/skills`, { skill: 'VMware', level: 'practitioner' }).expect(303)
      const { names, page } = await people(other)
      expect(page.reasons(second.name)).to.include('Confirmed: confirmed by Tomos Hale')
      expect(names.indexOf(first.name)).to.be.below(names.indexOf(second.name))
    })
  })

  it('comes from a file too, once, and only of what is declared and not by oneself', async () => {
    const person = (name: string) => ({ id: `c-${name}`, name, organisation: 'Wirral Council', skills: ['VMware=working'] })
    expect((await importing(site, 'people', [person('Fay File'), person('Gil File'), person('Hal File')])).refusals).to.deep.equal([])
    const row = { id: 'c1', person: 'c-Fay File', skill: 'VMware', by: 'c-Gil File', date: '2026-03-02' }
    const rows = [
      row,
      { ...row, id: 'c2', by: 'Hal File' },
      { ...row, id: 'c3', skill: 'Oracle' },
      { ...row, id: 'c4', by: 'c-Fay File' },
      { ...row, id: 'c5', by: 'Nobody There' },
    ]
    const done = await importing(site, 'confirmations', rows)
    expect(done).to.include({ added: 2, refused: 3 })
    expect(done.refusals.map(({ reason }) => reason)).to.deep.equal([
      'Fay File does not declare "Oracle"',
      'Fay File would confirm a skill of their own',
      'there is nobody "Nobody There" here',
    ])
    expect(await words(other, '/people/fay-file')).to.match(/confirmed by (Gil|Hal) File and (Gil|Hal) File/)
    expect(await importing(site, 'confirmations', rows.slice(0, 2))).to.include({ unchanged: 2 })
  })

  it('goes along when the skill is merged, once for each colleague, and comes back when the merge is undone', async () => {
    const end = newId().slice(-8)
    const [esx, kvm] = [
      await aSkill(site, { name: `Esx ${end}`, slug: `esx-${end}` }),
      await aSkill(site, { name: `Kvm ${end}`, slug: `kvm-${end}` }),
    ]
    const priya = asReader(await aPerson(site, { roles: ['partnership administrator'] }))
    for (const skill of [esx, kvm]) await post(owner, `${profile}/skills`, { skill: skill.name, level: 'working' }).expect(303)
    const of = ({ slug }: Skill) => `${profile}/skills/${slug}/confirmations`
    await post(tomosBrowser, of(esx)).expect(303)
    await post(other, of(esx)).expect(303)
    await post(tomosBrowser, of(kvm)).expect(303)
    const { skillMerges, skills } = site.services
    const pair = await skillMerges.pair(priya, { merged: esx.name, kept: kvm.name })
    const merge = await skillMerges.merge(priya, pair, skillVersionOf(pair.merged, pair.kept))
    expect((await skills.bySlug(priya, esx.slug))._id).to.equal(kvm._id)
    const merged = await words(other, of(kvm))
    expect(merged.split('Tomos Hale')).to.have.length(2)
    expect(merged).to.include('Rowan Birch')
    expect(await words(owner)).to.match(/confirmed by (Tomos Hale and Rowan Birch|Rowan Birch and Tomos Hale)/)
    await owner.get(of(esx)).expect(302).expect('Location', of(kvm))
    await post(owner, `${of(kvm)}/rowan-birch/hide`).expect(303)
    await skillMerges.undo(priya, merge._id)
    expect(await words(tomosBrowser, of(esx)))
      .to.include('Tomos Hale')
      .and.not.include('Rowan')
    expect(await words(tomosBrowser, of(kvm)))
      .to.include('Tomos Hale')
      .and.not.include('Rowan')
    await post(tomosBrowser, `${of(esx)}/withdraw`).expect(303)
    expect(await words(tomosBrowser, of(esx))).to.include('Nobody confirms it yet')
  })
})
