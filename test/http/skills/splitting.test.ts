import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import type { SkillSplit } from '../../../server/skills/splits/skillSplitModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anArticle, anOrganisation, aPerson, aSkill, asReader } from '../../support/builders.ts'
import { failOnce } from '../../support/failOnce.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const day = 24 * 60 * 60 * 1_000
const all = '/admin/skills/splits'

describe('splitting a skill', () => {
  let site: TestSite
  let keeper: Browser
  let place: string
  let end: string
  let vmware: Skill
  let storage: string

  before(async () => {
    site = await startTestSite()
    keeper = await site.signInAs(await aPerson(site, { name: 'Priya Nair', roles: ['member', 'partnership administrator'] }))
    place = (await anOrganisation(site))._id
  })
  after(() => site.close())
  beforeEach(async () => {
    end = newId()
      .slice(-8)
      .replace(/\d/g, digit => 'qrstuvwxyz'[Number(digit)] ?? '')
    storage = `Vsan ${end}`
    vmware = await aSkill(site, { name: `Vmware ${end}`, aliases: [`Vsphere ${end}`, storage], slug: `vmware-${end}` })
  })

  const has = (skillId: string, level: Person['skills'][number]['level'] = 'working') => ({ skillId, level, willing: ['lend' as const] })
  const declaring = (part: Partial<Person> = {}) => aPerson(site, { organisationId: place, skills: [has(vmware._id, 'expert')], ...part })
  const skillsOf = async ({ _id }: Person) => ((await site.services.people.byId(_id)) as Person).skills
  const articleNow = async ({ _id }: Article) =>
    (await site.services.models.articles.findOne({ _id }).asSystem('a test looks at what is kept').lean<Article>()) as Article
  const skillNow = async (_id: string) =>
    (await site.services.models.skills.findOne({ _id }).asSystem('a test looks at what is kept').lean<Skill>()) as Skill
  const splitsNow = () =>
    site.services.models.skillSplits.find({ skillId: vmware._id }).asSystem('a test looks at what is kept').lean<SkillSplit[]>()
  const words = (html: string) => load(html)('main').text().replace(/\s+/g, ' ')
  const asked = (part: object = {}) => ({ skill: vmware.name, name: storage, ...part })
  const preview = async (part: object = {}) => (await keeper.get(`${all}/new`).query(asked(part)).expect(200)).text
  const post = (address: string, given: object = {}, by = keeper) => by.post(address).type('form').send(given)
  const splitting = async (choices: Record<string, string> = {}, part: object = {}) =>
    post(all, { ...formOn(await preview(part), all), ...choices })
  const split = async (choices: Record<string, string> = {}, part: object = {}) =>
    (await await splitting(choices, part)).headers.location as string
  const undo = (address: string) => post(`${address}/undo`)
  const newSkill = async () => (await splitsNow())[0]?.newSkillId ?? ''

  it('is shown first, with a proposal for whoever names the new one, and nothing has changed', async () => {
    const ada = await declaring({ name: 'Ada Alone', about: `I build ${storage} clusters.` })
    const ben = await declaring({ name: 'Ben Both', about: `${storage} on ${vmware.name}.` })
    const cat = await declaring({ name: 'Cat Other', about: 'Hosts.' })
    const article = await anArticle(site, cat, { skillIds: [vmware._id], title: `Sizing ${storage}` })
    const text = await preview()
    const form = formOn(text, all)
    expect([ada, ben, cat].map(({ _id }) => form[`person:${_id}`])).to.deep.equal(['moves', 'both', 'stays'])
    expect(form[`article:${article._id}`]).to.equal('moves')
    expect(words(text)).to.include(`Stays: ${vmware.name}`).and.to.include(`also Vsphere ${end}`).and.to.include(`New: ${storage}`)
    expect(await skillNow(vmware._id)).to.deep.equal(vmware)
    expect(await splitsNow()).to.deep.equal([])
  })

  it('does what was chosen: the new one on profiles and articles, beside the old one or in its place, found at once by its names', async () => {
    const [ada, ben, cat] = [await declaring({ about: storage }), await declaring({ about: storage }), await declaring()]
    const article = await anArticle(site, ada, { skillIds: [vmware._id], title: 'Clusters' })
    const chosen = {
      [`person:${ada._id}`]: 'moves',
      [`person:${ben._id}`]: 'both',
      [`person:${cat._id}`]: 'stays',
      [`article:${article._id}`]: 'both',
    }
    const address = await split(chosen, { aliases: `Stretched ${end}`, description: 'Clustered storage' })
    const fresh = await newSkill()
    expect(await skillNow(fresh)).to.deep.include({
      name: storage,
      aliases: [`Stretched ${end}`],
      group: vmware.group,
      description: 'Clustered storage',
    })
    expect(await skillNow(fresh)).to.not.have.property('merging')
    expect(await skillNow(vmware._id)).to.deep.include({ name: vmware.name, aliases: [`Vsphere ${end}`] })
    expect(await skillsOf(ada)).to.deep.equal([has(fresh, 'expert')])
    expect(await skillsOf(ben)).to.deep.equal([has(vmware._id, 'expert'), has(fresh, 'expert')])
    expect(await skillsOf(cat)).to.deep.equal([has(vmware._id, 'expert')])
    expect((await articleNow(article)).skillIds).to.deep.equal([vmware._id, fresh])
    expect((await articleNow(article)).updatedAt).to.deep.equal(article.updatedAt)
    await site.services.indexer.settled()
    const found = async (q: string) =>
      new SearchResults(
        (
          await keeper
            .get('/search')
            .query({ q: `skill:"${q}"`, type: 'person' })
            .expect(200)
        ).text,
      ).titles('person')
    for (const name of [storage, `Stretched ${end}`]) expect(await found(name), name).to.have.members([ada.name, ben.name])
    expect(await found(`Vsphere ${end}`)).to.have.members([ben.name, cat.name])
    const page = words((await keeper.get(address).expect(200)).text)
    for (const said of ['split Decided on', 'by Priya Nair', '1 person declares', 'instead of', 'beside', '1 article names'])
      expect(page).to.include(said)
    expect(linksOn((await keeper.get('/admin/skills').expect(200)).text)).to.include(address)
  })

  it('leaves what the administrator cannot see with the old one, whatever is sent', async () => {
    const ada = await declaring()
    const hidden = await anArticle(site, ada, { skillIds: [vmware._id], title: `Plan ${storage}`, state: 'draft' })
    expect(await preview()).to.not.include(hidden._id)
    await split({ [`article:${hidden._id}`]: 'moves', [`person:${ada._id}`]: 'sideways', 'person:nobody': 'moves' })
    expect((await articleNow(hidden)).skillIds).to.deep.equal([vmware._id])
    expect(await skillsOf(ada)).to.deep.equal([has(vmware._id, 'expert')])
  })

  it('says which names cannot be', async () => {
    const other = await aSkill(site, { name: `Oracle ${end}` })
    const refused = async (part: object) => problemsOn((await keeper.get(`${all}/new`).query(asked(part)).expect(422)).text)
    expect(await refused({ skill: 'Alchemy 9' })).to.deep.equal({ skill: '“Alchemy 9” is not in the skills vocabulary' })
    expect(await refused({ name: ' ' })).to.deep.equal({ name: 'Enter the name of the skill' })
    expect((await refused({ name: vmware.name })).name).to.include('is the name of the skill that stays')
    expect((await refused({ name: other.name })).name).to.include('is in the vocabulary already')
    expect((await refused({ aliases: other.name })).aliases).to.include('belongs to the skill')
    const form = (
      await keeper
        .get(`${all}/new`)
        .query(asked({ name: other.name, description: 'Kept' }))
        .expect(422)
    ).text
    expect(load(form)('textarea[name=description]').text().trim()).to.equal('Kept')
    await keeper.get(`${all}/new`).expect(200)
    await keeper.get(`${all}/nowhere`).expect(404)
    await undo(`${all}/nowhere`).expect(404)
  })

  it('is refused in words when another administrator changed the skill since, with what was chosen', async () => {
    const ada = await declaring()
    const form = { ...formOn(await preview(), all), [`person:${ada._id}`]: 'both' }
    await post(`/skills/${vmware.slug}`, { name: vmware.name, group: 'Another', aliases: storage, description: '' }).expect(303)
    const answer = await post(all, form).expect(409)
    expect(problemsOn(answer.text).form).to.include('Somebody else changed, merged or split this skill')
    expect(formOn(answer.text, all)[`person:${ada._id}`]).to.equal('both')
    expect(await splitsNow()).to.deep.equal([])
    await post(all, formOn(answer.text, all)).expect(303)
  })

  it('is done once when two administrators do it at the same moment', async () => {
    const form = formOn(await preview(), all)
    const answers = await Promise.all([post(all, form), post(all, form), post(all, form)])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409, 409])
    expect(await splitsNow()).to.have.length(1)
    const named = await site.services.models.skills.find({ name: storage }).asSystem('a test looks at what is kept').lean()
    expect(named).to.have.length(1)
  })

  it('takes along what was merged under one of the names, unless that merge can be undone', async () => {
    const { skillMerges } = site.services
    const old = await aSkill(site, { name: `Virtual san ${end}`, slug: `virtual-san-${end}` })
    const merged = { merged: old.name, kept: vmware.name }
    const form = formOn((await keeper.get('/admin/skills/merges/new').query(merged)).text, '/admin/skills/merges')
    const merge = (await post('/admin/skills/merges', form).expect(303)).headers.location as string
    const again = await keeper
      .get(`${all}/new`)
      .query(asked({ name: old.name }))
      .expect(422)
    expect(problemsOn(again.text).name).to.include('Undo that merge instead')
    const longAgo = new Date(Date.now() - 31 * day)
    await site.services.models.skillMerges.updateOne({ _id: merge.split('/').at(-1) ?? '' }, { $set: { createdAt: longAgo } })
    await split({}, { name: old.name })
    const { slug } = await skillNow(await newSkill())
    await keeper.get(`/skills/${old.slug}`).expect(302).expect('Location', `/skills/${slug}`)
    expect(await skillMerges.finish()).to.equal(0)
  })

  for (const [where, breakIt] of [
    ['before the new one is there', () => failOnce(site.services.skillKeeping, 'keep')],
    ['before its names are taken off', () => failOnce(site.services.models.skills, 'updateOne', 2)],
    ['before a record is written', () => failOnce(site.services.models.people, 'findOneAndUpdate')],
    ['before it is noted', () => failOnce(site.services.models.skillSplits, 'updateOne')],
  ] as const) {
    it(`that was cut short ${where} goes on by a job, and everything is done once`, async () => {
      const people = [await declaring({ about: storage }), await declaring({ about: storage })]
      const form = formOn(await preview(), all)
      breakIt()
      await post(all, form).expect(500)
      site.logged.splice(0)
      const [begun] = await splitsNow()
      expect(words((await keeper.get(`${all}/${begun?._id}`).expect(200)).text)).to.include('the work goes on')
      await undo(`${all}/${begun?._id}`).expect(409)
      expect(await site.services.skillSplits.finish()).to.equal(1)
      for (const person of people) expect(await skillsOf(person)).to.deep.equal([has(begun?.newSkillId ?? '', 'expert')])
      expect((await skillNow(vmware._id)).aliases).to.deep.equal([`Vsphere ${end}`])
      expect(await site.services.skillSplits.finish()).to.equal(0)
      await undo(`${all}/${begun?._id}`).expect(303)
      for (const person of people) expect(await skillsOf(person)).to.deep.equal([has(vmware._id, 'expert')])
    })
  }

  it('of many records is finished by the job, which can be stopped after each and goes on', async () => {
    const author = await aPerson(site, { organisationId: place })
    for (let number = 0; number < 33; number++) await anArticle(site, author, { skillIds: [vmware._id], title: `${storage} ${number}` })
    const address = await split()
    expect(words((await keeper.get(address).expect(200)).text)).to.include('being split')
    const left = async () => site.services.models.articles.countDocuments({ skillIds: vmware._id }).asSystem('a test looks at what is kept')
    expect(await left()).to.equal(3)
    expect((await site.services.jobs.list(['waiting'], 50)).map(({ name }) => name)).to.include('finish-skill-splits')
    expect(await site.services.skillSplits.finish(() => false)).to.equal(0)
    expect(await left()).to.equal(2)
    expect(await site.services.skillSplits.finish()).to.equal(1)
    expect(await left()).to.equal(0)
  })

  describe('is undone', () => {
    it('so that everything is as it was, and once', async () => {
      const [ada, ben] = [await declaring({ about: storage }), await declaring()]
      const article = await anArticle(site, ada, { skillIds: [vmware._id], title: storage })
      const colleague = await site.signInAs(await aPerson(site, { name: 'Col League', organisationId: place }))
      const confirmations = `/people/${ada.slug}/skills/${vmware.slug}/confirmations`
      await post(confirmations, {}, colleague).expect(303)
      const address = await split({ [`person:${ben._id}`]: 'both' })
      await colleague.get(confirmations).expect(404)
      const answers = await Promise.all([undo(address), undo(address)])
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409])
      for (const person of [ada, ben]) expect(await skillsOf(person)).to.deep.equal([has(vmware._id, 'expert')])
      expect((await articleNow(article)).skillIds).to.deep.equal([vmware._id])
      expect(await skillNow(vmware._id)).to.deep.equal(vmware)
      expect(words((await colleague.get(confirmations).expect(200)).text)).to.include('Col League')
      const page = (await keeper.get(address).expect(200)).text
      expect(words(page)).to.include('merged again')
      const merge = linksOn(page).find(link => link.startsWith('/admin/skills/merges/')) ?? ''
      expect((await keeper.get(merge).expect(200)).text).to.include('Undo the merge')
      expect(problemsOn((await undo(address).expect(409)).text).form).to.include('undone already')
    })

    it('without leaving a name that the skill did not have', async () => {
      await split({}, { name: `Tanzu ${end}`, aliases: storage })
      await undo(`${all}/${(await splitsNow())[0]?._id}`).expect(303)
      expect((await skillNow(vmware._id)).aliases).to.deep.equal(vmware.aliases)
      await site.services.indexer.settled()
      expect((await site.services.skills.called(`Tanzu ${end}`, { tokens: ['partnership'] }))?._id).to.equal(vmware._id)
    })

    it('with what people declared of the new one since', async () => {
      const ada = await declaring({ about: storage })
      const address = await split()
      const ofAda = await site.signInAs(ada as Account)
      await post(`/people/${ada.slug}/skills`, { skill: storage, level: 'practitioner' }, ofAda).expect(303)
      const late = await aPerson(site, { organisationId: place })
      const write = new IndexedWrite<Person>(site.services.models.people, 'name', site.services.clock)
      await write.update({ _id: late._id }, { $set: { skills: [has(await newSkill())] } })
      await undo(address).expect(303)
      expect((await skillsOf(ada)).map(({ skillId, level }) => [skillId, level])).to.deep.equal([[vmware._id, 'practitioner']])
      expect(await skillsOf(late)).to.deep.equal([has(vmware._id)])
    })

    it('within 30 days', async () => {
      const address = await split()
      await site.services.models.skillSplits.updateOne({ skillId: vmware._id }, { $set: { createdAt: new Date(Date.now() - 31 * day) } })
      expect((await keeper.get(address).expect(200)).text).to.not.include(`${address}/undo`)
      expect(problemsOn((await undo(address).expect(409)).text).form).to.include('within 30 days')
      expect(await skillNow(await newSkill())).to.not.have.property('mergedInto')
    })
  })

  it('is for administrators of the partnership alone', async () => {
    const address = await split()
    const other = await site.signInAs(await aPerson(site, { roles: ['member', 'editor', 'organisation administrator'] }))
    for (const path of [`${all}/new`, address]) await other.get(path).expect(403)
    for (const path of [all, `${address}/undo`]) await post(path, {}, other).expect(403)
    await site.services.skillSplits.undo(asReader(await aPerson(site)), address.split('/').at(-1) ?? '').then(
      () => expect.fail('a member undid a split'),
      (error: Error) => expect(error.message).to.include('Only administrators'),
    )
  })
})
