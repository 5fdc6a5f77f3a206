import { expect } from 'chai'
import type { Role } from '../../../server/access/roles.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { aPerson, aSkill } from '../../support/builders.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const complete = { name: 'Storage area networks', aliases: 'SAN, fibre channel', group: 'Infrastructure', description: 'Disks far away.' }

describe('the skills vocabulary', () => {
  let site: TestSite
  let keeper: Browser
  let member: Browser

  before(async () => {
    site = await startTestSite()
    keeper = await signInAs('partnership administrator')
    member = await signInAs()
    await post('/skills', complete).expect(303)
  })
  after(() => site.close())

  const signInAs = async (...roles: Role[]) => site.signInAs(await aPerson(site, { roles: ['member', ...roles] }))
  const post = (path: string, given: object, by = keeper) => by.post(path).type('form').send(given)
  const all = () => site.services.models.skills.find({}).asSystem('a test looks at what was kept').sort({ _id: 1 }).lean<Skill[]>()

  it('is read by everybody, in groups, with how many people declare each', async () => {
    const [skill] = await all()
    for (let people = 0; people < 2; people++)
      await aPerson(site, { skills: [{ skillId: skill?._id ?? '', level: 'expert', willing: [] }] })
    await post('/skills', { name: 'Negotiating', group: 'People' }).expect(303)
    await site.services.indexer.settled()
    const page = (await member.get('/skills').expect(200)).text
    for (const text of ['Infrastructure', 'Storage area networks', '2 people', 'People', 'Negotiating']) expect(page).to.include(text)
    expect(linksOn(page)).to.include('/skills/storage-area-networks').and.not.include('/skills/new')
    expect(linksOn((await keeper.get('/skills')).text)).to.include('/skills/new')
  })

  it('shows of each its other names, what it is, and who declares it', async () => {
    const page = (await member.get('/skills/storage-area-networks').expect(200)).text
    expect(headingOf(page)).to.equal('Storage area networks')
    for (const text of ['also called SAN, fibre channel', 'Disks far away.', '2 people declare it', 'expert']) expect(page).to.include(text)
    await member.get('/skills/nowhere').expect(404)
    for (const page of ['-1', 'x', '99']) await member.get(`/skills/storage-area-networks?page=${page}`).expect(200)
    await site.visitor().get('/skills').expect(302)
  })

  for (const role of ['member', 'editor', 'coordinator', 'organisation administrator'] as const) {
    it(`is kept by no ${role}`, async () => {
      const before = await all()
      const browser = await signInAs(role)
      for (const path of ['/skills/new', '/skills/storage-area-networks/edit', '/skills/nowhere/edit']) await browser.get(path).expect(403)
      for (const path of ['/skills', '/skills/storage-area-networks', '/skills/nowhere'])
        for (const given of [complete, {}]) await post(path, given, browser).expect(403)
      expect(linksOn((await browser.get('/skills/storage-area-networks').expect(200)).text)).to.not.include(
        '/skills/storage-area-networks/edit',
      )
      expect(await all()).to.deep.equal(before)
    })
  }

  it('is not changed by visitors or forms of other sites, nor by looking', async () => {
    const before = await all()
    await post('/skills', { ...complete, name: 'X' }, site.visitor()).expect(302)
    await post('/skills', { ...complete, name: 'X', aliases: '' })
      .set('Sec-Fetch-Site', 'cross-site')
      .expect(403)
    for (const path of ['/skills', '/skills/new', '/skills/storage-area-networks', '/skills/storage-area-networks/edit'])
      await keeper.get(`${path}?name=X&group=Y`).expect(200)
    expect(await all()).to.deep.equal(before)
  })

  describe('refuses, with what was typed still there and nothing saved,', () => {
    const taken = (name: string) => `“${name}” is in the vocabulary already, as the skill Storage area networks or an alias of it`
    const refused: [string, object, Record<string, string>][] = [
      ['no name', { name: ' ' }, { name: 'Enter the name of the skill' }],
      ['no group', { group: '' }, { group: 'Enter the group it belongs to, such as Infrastructure' }],
      ['a long name', { name: 'x'.repeat(101) }, { name: 'Use 100 characters or fewer' }],
      ['a long alias', { aliases: `short, ${'x'.repeat(101)}` }, { aliases: 'Use 100 characters or fewer for each alias' }],
      ['many aliases', { aliases: Array.from({ length: 31 }, (_, at) => `alias ${at}`).join(',') }, { aliases: 'Use 30 aliases or fewer' }],
      ['a long description', { description: 'x'.repeat(2_001) }, { description: 'Use 2,000 characters or fewer' }],
      ['a name that is taken', { name: 'STORAGE  area-networks' }, { name: taken('STORAGE area-networks') }],
      ['a name that is an alias', { name: 'fibre Channel' }, { name: taken('fibre Channel') }],
      [
        'an alias that is a name',
        { aliases: 'new one, storage area networks' },
        { aliases: '“storage area networks” belongs to the skill Storage area networks already' },
      ],
      ['an alias that is taken', { aliases: 'san' }, { aliases: '“san” belongs to the skill Storage area networks already' }],
      ['a name without a letter or figure', { name: '???' }, { name: 'Enter a name with letters or figures' }],
    ]
    for (const [what, given, problems] of refused) {
      it(what, async () => {
        const before = await all()
        const typed = { name: 'Unheard of', aliases: '', group: 'Other', description: 'About it', ...given }
        const again = await post('/skills', typed).expect(422)
        expect(problemsOn(again.text)).to.deep.equal(problems)
        expect(formOn(again.text)).to.deep.equal(typed)
        expect(await all()).to.deep.equal(before)
      })
    }

    it('the name of another when one is changed, but not its own', async () => {
      const { slug } = await aSkill(site, { name: 'Dry stone walling', aliases: ['walling'] })
      const { opened: _opened, ...form } = formOn((await keeper.get(`/skills/${slug}/edit`).expect(200)).text)
      expect(form).to.deep.equal({ name: 'Dry stone walling', aliases: 'walling', group: 'Infrastructure', description: '' })
      await post(`/skills/${slug}`, { ...form, aliases: 'walling, stone walls' }).expect(303)
      const again = await post(`/skills/${slug}`, { ...form, name: 'SAN' }).expect(422)
      expect(problemsOn(again.text)).to.have.all.keys('name')
      expect(formOn(again.text, `/skills/${slug}`).name).to.equal('SAN')
      await post('/skills/nowhere', form).expect(404)
    })
  })

  it('takes one of two changes at once, and tells the other with what was typed still there', async () => {
    const { slug } = await aSkill(site, { name: 'Basket weaving' })
    const opened = formOn((await keeper.get(`/skills/${slug}/edit`).expect(200)).text)
    await post(`/skills/${slug}`, { ...opened, group: 'Crafts' }).expect(303)
    const again = await post(`/skills/${slug}`, { ...opened, description: 'With willow.' }).expect(409)
    expect(again.text).to.include('Somebody else changed this skill while you had it open')
    expect(formOn(again.text, `/skills/${slug}`)).to.include({ description: 'With willow.', group: opened.group })
    expect((await all()).find(skill => skill.slug === slug)).to.include({ group: 'Crafts', description: '' })
    await post(`/skills/${slug}`, formOn(again.text, `/skills/${slug}`)).expect(303)
    expect((await all()).find(skill => skill.slug === slug)).to.include({ description: 'With willow.' })
  })

  it('keeps the address when a skill is renamed, and its people', async () => {
    const skill = await aSkill(site, { name: 'Typewriting' })
    const person = await aPerson(site, { skills: [{ skillId: skill._id, level: 'expert', willing: [] }] })
    await post('/skills/typewriting', { ...complete, name: 'Word processing', aliases: 'typewriting' })
      .expect(303)
      .expect('Location', '/skills/typewriting')
    expect((await member.get(`/people/${person.slug}`)).text).to.include('Word processing')
    await site.services.indexer.settled()
    for (const question of ['word+processing', 'typewriting'])
      expect(linksOn((await member.get(`/search?q=${question}&type=person`)).text), question).to.include(`/people/${person.slug}`)
  })

  it('gives a new skill an address of its own where the old one is still taken', async () => {
    await aSkill(site, { name: 'Mainframes', slug: 'cloud' })
    const answer = await post('/skills', { name: 'Cloud', group: 'Infrastructure' }).expect(303)
    expect(answer.headers.location).to.match(/^\/skills\/cloud-[0-9a-f]{6}$/)
    expect(headingOf((await member.get(String(answer.headers.location)).expect(200)).text)).to.equal('Cloud')
  })

  it('has a page also for a skill called New', async () => {
    const { headers } = await post('/skills', { name: 'New', group: 'Other' }).expect(303)
    expect(headingOf((await keeper.get(String(headers.location)).expect(200)).text)).to.equal('New')
  })

  it('drops aliases that say the same twice', async () => {
    await post('/skills', { name: 'Deduplication', group: 'Other', aliases: 'dedup, Dedup , deduplication,, ' }).expect(303)
    expect((await all()).find(({ name }) => name === 'Deduplication')?.aliases).to.deep.equal(['dedup'])
  })
})
