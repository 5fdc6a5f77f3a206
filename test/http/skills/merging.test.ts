import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { SkillMerge } from '../../../server/skills/merges/skillMergeModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anArticle, anOrganisation, aPerson, aSkill, asReader } from '../../support/builders.ts'
import { failOnce } from '../../support/failOnce.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const day = 24 * 60 * 60 * 1_000

describe('merging two skills', () => {
  let site: TestSite
  let priya: Account
  let keeper: Browser
  let esx: Skill
  let vmware: Skill
  let place: string

  before(async () => {
    site = await startTestSite()
    priya = await aPerson(site, { name: 'Priya Nair', roles: ['member', 'partnership administrator'] })
    keeper = await site.signInAs(priya)
    place = (await anOrganisation(site))._id
  })
  after(() => site.close())
  beforeEach(async () => {
    const end = newId().slice(-8)
    esx = await aSkill(site, { name: `Esx ${end}`, aliases: [`Old esx ${end}`], slug: `esx-${end}` })
    vmware = await aSkill(site, { name: `Vmware ${end}`, aliases: [`Vsphere ${end}`], slug: `vmware-${end}` })
  })

  const declaring = (...skills: Person['skills']) => aPerson(site, { organisationId: place, skills })
  const of = ({ _id }: Skill, level: Person['skills'][number]['level'], willing: Person['skills'][number]['willing'] = []) => ({
    ...{ skillId: _id, level, willing },
  })
  const skillsOf = async ({ _id }: Person) => ((await site.services.people.byId(_id)) as Person).skills
  const articleNow = async ({ _id }: Article) =>
    (await site.services.models.articles.findOne({ _id }).asSystem('a test looks at what is kept').lean<Article>()) as Article
  const skillNow = async ({ _id }: Skill) =>
    (await site.services.models.skills.findOne({ _id }).asSystem('a test looks at what is kept').lean<Skill>()) as Skill
  const mergesNow = () =>
    site.services.models.skillMerges.find({ mergedId: esx._id }).asSystem('a test looks at what is kept').lean<SkillMerge[]>()
  const words = (html: string) => load(html)('main').text().replace(/\s+/g, ' ')
  const previewOf = (merged = esx, kept = vmware) =>
    `/admin/skills/merges/new?${new URLSearchParams({ merged: merged.name, kept: kept.name })}`
  const preview = async (merged = esx, kept = vmware) => (await keeper.get(previewOf(merged, kept)).expect(200)).text
  const post = (address: string, given: object = {}, by = keeper) => by.post(address).type('form').send(given)
  const confirm = async (merged = esx, kept = vmware) =>
    post('/admin/skills/merges', formOn(await preview(merged, kept), '/admin/skills/merges'))
  const merge = async (merged = esx, kept = vmware) => (await await confirm(merged, kept)).headers.location as string
  const undo = (address: string) => post(`${address}/undo`)

  it('is shown first: who and what would change, and nothing has changed', async () => {
    const ada = await declaring(of(esx, 'expert'))
    await declaring(of(esx, 'working'), of(vmware, 'awareness'))
    await anArticle(site, ada, { skillIds: [esx._id] })
    await site.services.following.follow(asReader(ada), 'skill', { id: esx._id })
    const text = words(await preview())
    for (const said of [
      `2 people declare ${esx.name}`,
      '1 of them declares both: the higher level stays',
      `1 article that you can read will name ${vmware.name} instead`,
      `“${esx.name}”, “${esx.aliases[0]}”: other names of ${vmware.name}`,
      `1 follower of ${esx.name} will follow ${vmware.name}`,
      `/skills/${esx.slug} will lead to ${vmware.name}`,
    ])
      expect(text).to.include(said)
    expect(await skillNow(esx)).to.deep.equal(esx)
    expect(await mergesNow()).to.deep.equal([])
    expect(words(await preview(vmware, esx)))
      .to.include('1 person declares')
      .and.to.include('Nobody follows')
  })

  it('puts the kept one on profiles and articles, the higher level where both stood', async () => {
    const ada = await declaring(of(esx, 'expert', ['lend']))
    const both = await declaring(of(esx, 'practitioner', ['mentor']), of(vmware, 'awareness', ['advise']))
    const other = await declaring(of(vmware, 'working'))
    const article = await anArticle(site, ada, { skillIds: [esx._id, vmware._id] })
    const address = await merge()
    expect(await skillsOf(ada)).to.deep.equal([of(vmware, 'expert', ['lend'])])
    expect(await skillsOf(both)).to.deep.equal([of(vmware, 'practitioner', ['mentor', 'advise'])])
    expect(await skillsOf(other)).to.deep.equal([of(vmware, 'working')])
    expect((await articleNow(article)).skillIds).to.deep.equal([vmware._id])
    expect((await articleNow(article)).updatedAt).to.deep.equal(article.updatedAt)
    expect(words((await keeper.get(address).expect(200)).text))
      .to.include('merged Decided on')
      .and.to.include('by Priya Nair')
    expect(linksOn((await keeper.get('/admin/skills').expect(200)).text)).to.include(address)
  })

  it('leads from the old address, names and followings to the kept one, and offers the merged one no more', async () => {
    const ada = await declaring(of(esx, 'expert'))
    await site.services.following.follow(asReader(ada), 'skill', { id: esx._id })
    await merge()
    await keeper.get(`/skills/${esx.slug}`).expect(302).expect('Location', `/skills/${vmware.slug}`)
    await site.services.indexer.settled()
    const found = (await keeper.get(`/search?type=person&q=${encodeURIComponent(esx.name)}`).expect(200)).text
    expect(linksOn(found)).to.include(`/people/${ada.slug}`)
    expect((await skillNow(vmware)).aliases).to.deep.equal([...vmware.aliases, esx.name, ...esx.aliases])
    expect(linksOn((await keeper.get('/skills')).text))
      .to.include(`/skills/${vmware.slug}`)
      .and.to.not.include(`/skills/${esx.slug}`)
    const { subjects } = await site.services.following.all(asReader(ada))
    expect(subjects.map(({ id }) => id)).to.deep.equal([vmware._id])
  })

  it('is refused in words when another administrator changed one of the two since it was shown', async () => {
    const form = formOn(await preview(), '/admin/skills/merges')
    await post(`/skills/${vmware.slug}`, { name: vmware.name, group: 'Another', aliases: '', description: '' }).expect(303)
    const answer = await post('/admin/skills/merges', form).expect(409)
    expect(problemsOn(answer.text).form).to.include('Somebody else changed or merged one of the two skills')
    expect(words(answer.text)).to.include('Another')
    expect(await mergesNow()).to.deep.equal([])
    await post('/admin/skills/merges', formOn(answer.text, '/admin/skills/merges')).expect(303)
    expect((await post('/admin/skills/merges', form).expect(409)).text).to.include('are one skill already')
  })

  it('is done once when two administrators merge the same two at the same moment, the other way round', async () => {
    await declaring(of(esx, 'expert'))
    const forms = [formOn(await preview(), '/admin/skills/merges'), formOn(await preview(vmware, esx), '/admin/skills/merges')]
    const answers = await Promise.all([...forms, ...forms].map(form => post('/admin/skills/merges', form)))
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409, 409, 409])
    const standing = [await skillNow(esx), await skillNow(vmware)].filter(({ mergedInto }) => mergedInto === undefined)
    expect(standing).to.have.length(1)
    expect(standing[0]).to.not.have.property('merging')
  })

  it('takes along what had been merged into the merged one before', async () => {
    const oldest = await aSkill(site, { name: `Oldest ${newId()}` })
    await merge(oldest, esx)
    await merge()
    await keeper.get(`/skills/${oldest.slug}`).expect(302).expect('Location', `/skills/${vmware.slug}`)
  })

  it('says which names are no two skills', async () => {
    expect(problemsOn((await keeper.get('/admin/skills/merges/new?merged=Alchemy+9&kept=').expect(422)).text)).to.deep.equal({
      kept: 'Enter the skill that stays',
    })
    const unknown = await keeper
      .get(`/admin/skills/merges/new?${new URLSearchParams({ merged: 'Alchemy 9', kept: vmware.name })}`)
      .expect(422)
    expect(problemsOn(unknown.text)).to.deep.equal({ merged: '“Alchemy 9” is not in the skills vocabulary' })
    expect(load(unknown.text)('input[name=kept]').attr('value')).to.equal(vmware.name)
    await keeper.get(previewOf(vmware, vmware)).expect(422)
    await keeper.get('/admin/skills/merges/nowhere').expect(404)
    await post('/admin/skills/merges/nowhere/undo').expect(404)
  })

  for (const [where, breakIt] of [
    ['before the skill is marked', () => failOnce(site.services.models.skills, 'updateOne')],
    ['before its names are taken over', () => failOnce(site.services.skillKeeping, 'addAlias')],
    ['before a record is written', () => failOnce(site.services.models.people, 'findOneAndUpdate')],
  ] as const) {
    it(`that was cut short ${where} goes on by a job, and everything is done once`, async () => {
      const people = [await declaring(of(esx, 'expert')), await declaring(of(esx, 'working'))]
      const sent = formOn(await preview(), '/admin/skills/merges')
      breakIt()
      await post('/admin/skills/merges', sent).expect(500)
      site.logged.splice(0)
      expect((await skillsOf(people[1] as Person)).map(({ skillId }) => skillId)).to.deep.equal([esx._id])
      const [begun] = await mergesNow()
      expect(words((await keeper.get(`/admin/skills/merges/${begun?._id}`).expect(200)).text)).to.include('the work goes on')
      expect(await site.services.skillMerges.finish()).to.equal(1)
      for (const person of people) expect((await skillsOf(person)).map(({ skillId }) => skillId)).to.deep.equal([vmware._id])
      expect(await site.services.skillMerges.finish()).to.equal(0)
      await undo(`/admin/skills/merges/${begun?._id}`).expect(303)
      expect(await skillsOf(people[0] as Person)).to.deep.equal([of(esx, 'expert')])
      expect(await skillNow(esx)).to.deep.equal(esx)
    })
  }

  it('of many records is finished by the job, which can be stopped after each and goes on', async () => {
    const author = await aPerson(site, { organisationId: place })
    for (let number = 0; number < 33; number++) await anArticle(site, author, { skillIds: [esx._id] })
    const address = await merge()
    expect(words((await keeper.get(address).expect(200)).text)).to.include('being merged')
    const left = async () => site.services.models.articles.countDocuments({ skillIds: esx._id }).asSystem('a test looks at what is kept')
    expect(await left()).to.equal(3)
    expect((await site.services.jobs.list(['waiting'], 50)).map(({ name }) => name)).to.include('finish-skill-merges')
    expect(await site.services.skillMerges.finish(() => false)).to.equal(0)
    expect(await left()).to.equal(2)
    await post(`${address}/undo`).expect(409)
    expect(await site.services.skillMerges.finish()).to.equal(1)
    expect(await left()).to.equal(0)
    await undo(address).expect(303)
    expect(await left()).to.equal(30)
    await site.services.skillMerges.finish()
    expect(await left()).to.equal(33)
  })

  describe('is undone', () => {
    it('so that everything is as it was, and once', async () => {
      const ada = await declaring(of(esx, 'expert', ['lend']), of(vmware, 'awareness'))
      const article = await anArticle(site, ada, { skillIds: [esx._id] })
      const address = await merge()
      const answers = await Promise.all([undo(address), undo(address)])
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409])
      expect(await skillsOf(ada)).to.deep.equal([of(esx, 'expert', ['lend']), of(vmware, 'awareness')])
      expect((await articleNow(article)).skillIds).to.deep.equal([esx._id])
      expect([await skillNow(esx), await skillNow(vmware)]).to.deep.equal([esx, vmware])
      await keeper.get(`/skills/${esx.slug}`).expect(200)
      const page = words((await keeper.get(address).expect(200)).text)
      expect(page).to.include('undone').and.to.include('by Priya Nair').and.to.not.include('left as they made')
      await merge()
      expect((await skillsOf(ada)).map(({ level }) => level)).to.deep.equal(['expert'])
    })

    it('except where people changed the skill since: these are left alone and counted', async () => {
      const [ada, berta, carl] = [
        await declaring(of(esx, 'expert')),
        await declaring(of(esx, 'working')),
        await declaring(of(esx, 'working')),
      ]
      const article = await anArticle(site, ada, { skillIds: [esx._id] })
      const address = await merge()
      const berta2 = await site.signInAs(berta)
      await post(`/people/${berta.slug}/skills`, { skill: vmware.name, level: 'practitioner' }, berta2).expect(303)
      await site.services.declaredSkills.drop(asReader(carl), carl.slug, vmware._id)
      await undo(address).expect(303)
      expect((await skillsOf(ada)).map(({ skillId }) => skillId)).to.deep.equal([esx._id])
      expect(await skillsOf(berta)).to.deep.equal([of(vmware, 'practitioner')])
      expect(await skillsOf(carl)).to.deep.equal([])
      expect((await articleNow(article)).skillIds).to.deep.equal([esx._id])
      expect(words((await keeper.get(address).expect(200)).text)).to.include('2 profiles were changed by people after the merge')
    })

    for (const [where, breakIt] of [
      ['before the names are taken off', () => failOnce(site.services.models.skills, 'updateOne')],
      ['before a record is written', () => failOnce(site.services.models.people, 'findOneAndUpdate')],
      ['before it is noted what was restored', () => failOnce(site.services.models.skillMoves, 'updateOne')],
    ] as const) {
      it(`by a job where it was cut short ${where}`, async () => {
        const ada = await declaring(of(esx, 'expert'))
        const address = await merge()
        breakIt()
        await undo(address).expect(500)
        site.logged.splice(0)
        expect(await site.services.skillMerges.finish()).to.equal(1)
        expect(await skillsOf(ada)).to.deep.equal([of(esx, 'expert')])
        expect([await skillNow(esx), await skillNow(vmware)]).to.deep.equal([esx, vmware])
        expect(words((await keeper.get(address).expect(200)).text)).to.not.include('left as they made')
      })
    }

    it('not while the kept one is merged itself, or has the name that would come back', async () => {
      const third = await aSkill(site, { name: `Third ${newId()}` })
      const first = await merge()
      const second = await merge(vmware, third)
      expect(problemsOn((await undo(first).expect(409)).text).form).to.include('Undo that merge first')
      await undo(second).expect(303)
      await post(`/skills/${vmware.slug}`, { name: esx.name, group: 'Other', aliases: '', description: '' }).expect(303)
      expect(problemsOn((await undo(first).expect(409)).text).form).to.include('Rename it first')
      await post(`/skills/${vmware.slug}`, { name: vmware.name, group: 'Other', aliases: '', description: '' }).expect(303)
      await undo(first).expect(303)
      expect(await skillNow(esx)).to.deep.equal(esx)
    })

    it('within 30 days', async () => {
      const address = await merge()
      const longAgo = new Date(Date.now() - 31 * day)
      await site.services.models.skillMerges.updateOne({ mergedId: esx._id }, { $set: { createdAt: longAgo } })
      const page = (await keeper.get(address).expect(200)).text
      expect(page).to.not.include(`${address}/undo`)
      expect(problemsOn((await undo(address).expect(409)).text).form).to.include('within 30 days')
      expect((await skillNow(esx)).mergedInto).to.equal(vmware._id)
    })
  })

  it('is for administrators of the partnership alone', async () => {
    const address = await merge()
    const other = await site.signInAs(await aPerson(site, { roles: ['member', 'editor', 'organisation administrator'] }))
    for (const path of [previewOf(), address, '/admin/skills/merges/new']) await other.get(path).expect(403)
    for (const path of ['/admin/skills/merges', `${address}/undo`, '/admin/skills/pairs/dismiss']) await post(path, {}, other).expect(403)
    expect((await skillNow(esx)).mergedInto).to.equal(vmware._id)
  })
})

describe('skills that may be the same', () => {
  let site: TestSite
  let keeper: Browser

  before(async () => {
    site = await startTestSite()
    keeper = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
  })
  after(() => site.close())

  it('are listed by their names and other names, until they are dismissed for good', async () => {
    const one = await aSkill(site, { name: 'Kubernetes', aliases: ['Container platform'] })
    const other = await aSkill(site, { name: 'Kubernets' })
    const third = await aSkill(site, { name: 'Docker', aliases: ['Container platforms'] })
    await aSkill(site, { name: 'Oracle databases' })
    const listed = async () => load((await keeper.get('/admin/skills').expect(200)).text)('main')
    expect((await listed()).text())
      .to.include('Alike: “Container platforms” and “Container platform”')
      .and.to.not.include('Oracle')
    expect((await listed()).find('form[action="/admin/skills/pairs/dismiss"]')).to.have.length(2)
    const dismiss = (first: Skill, second: Skill) =>
      keeper.post('/admin/skills/pairs/dismiss').type('form').send({ one: first._id, other: second._id })
    for (let twice = 0; twice < 2; twice++) await dismiss(third, one).expect(303)
    expect((await listed()).text())
      .to.include('Docker and Kubernetes stay two skills')
      .and.to.not.include('Alike')
    expect((await listed()).find('form[action="/admin/skills/pairs/dismiss"]')).to.have.length(1)
    const { merged, kept } = Object.fromEntries(
      new URL((await listed()).find('a[href*="merges/new?"]').attr('href') ?? '', 'http://x').searchParams,
    )
    expect([merged, kept]).to.have.members([one.name, other.name])
    await dismiss(one, one).expect(404)
  })
})
