import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const published = Object.fromEntries([['then', 'publish']])
const written = { title: 'Links', kind: 'how-to', owner: 'me', visibility: 'partnership', ...published }

describe('links in texts', () => {
  let site: TestSite
  let own: Organisation
  let ada: Person & { email: string }
  let skill: Skill
  let browser: Browser
  let elsewhere: Browser

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    ada = await aPerson(site, { name: 'Ada Writer', organisation: own })
    skill = await aSkill(site, { name: 'VMware' })
    browser = await site.signInAs(ada)
    elsewhere = await site.signInAs(await aPerson(site, { organisation: await anOrganisation(site) }))
  })
  after(() => site.close())

  const post = (path: string, given: object) => browser.post(path).type('form').send(given)
  const write = async (given: object) => String((await post('/knowledge', { ...written, ...given }).expect(303)).headers.location)
  const prose = async (path: string, by = browser) => load((await by.get(path).expect(200)).text)('.prose')
  const linkedFrom = async (path: string, by = browser) =>
    load((await by.get(path).expect(200)).text)('dt:contains("What links here") + dd a')
      .toArray()
      .map(link => load(link).text())

  it('show the title of today, lead there, and outlast a new name', async () => {
    const target = await write({ title: 'Moving hosts', text: 'How.' })
    const slug = target.split('/').at(-1)
    const text = `See [the guide](skillpool:article/${slug}), [somebody](skillpool:person/${ada.slug}), [x](skillpool:skill/${skill.slug}), [y](skillpool:organisation/cheshire).`
    const source = await write({ title: 'Planning', text })
    const drawn = await prose(source)
    expect(drawn.text().trim()).to.equal('See Moving hosts, Ada Writer, VMware, Cheshire.')
    expect(
      drawn
        .find('a')
        .toArray()
        .map(({ attribs }) => attribs.href),
    ).to.deep.equal([target, `/people/${ada.slug}`, `/skills/${skill.slug}`, '/organisations/cheshire'])
    expect(await linkedFrom(target)).to.deep.equal(['Planning'])

    const form = formOn((await browser.get(`${target}/edit`)).text, target)
    await post(target, { ...form, title: 'Moving virtual machines', ...published }).expect(303)
    expect((await prose(source)).text()).to.include('See Moving virtual machines,')
  })

  it('show what is hidden and what is deleted in the same way: the words, without a link', async () => {
    const hidden = await anArticle(site, ada, { title: 'Secret plan', visibility: 'organisation' })
    const gone = await write({ title: 'Old plan', text: 'x' })
    const source = await write({
      text: `[One](skillpool:article/${hidden.slug}) [One](skillpool:article/${gone.split('/').at(-1)}) [One](skillpool:article/never)`,
    })
    await post(`${gone}/delete`, {}).expect(303)
    const drawn = await prose(source, elsewhere)
    expect(drawn.find('a')).to.have.length(0)
    const missing = drawn
      .find('.missing-link')
      .toArray()
      .map(one => load(one).html())
    expect(missing).to.have.length(3)
    expect(new Set(missing).size).to.equal(1)
    expect(missing[0]).to.include('not available').and.not.include('Secret')
    expect((await prose(source)).find('a').text()).to.equal('Secret plan')
    expect(await linkedFrom(`/knowledge/${hidden.slug}`)).to.deep.equal(['Links'])
  })

  it('are not told of by articles that the reader may not read, and are gone when the text is', async () => {
    const target = await write({ title: 'Well known', text: 'x' })
    const link = `[x](skillpool:article/${target.split('/').at(-1)})`
    const source = await write({ title: 'Ours alone', visibility: 'organisation', text: link })
    expect([await linkedFrom(target), await linkedFrom(target, elsewhere)]).to.deep.equal([['Ours alone'], []])
    const form = formOn((await browser.get(`${source}/edit`)).text, source)
    await post(source, { ...form, text: 'No link any more.', ...published }).expect(303)
    expect(await linkedFrom(target)).to.deep.equal([])
  })

  it('follow a skill into the one that it was merged into', async () => {
    const standing = await aSkill(site, { name: 'Kubernetes' })
    const merged = await aSkill(site, { name: 'K8s' })
    await site.services.models.skills.collection.updateOne({ _id: merged._id as never }, { $set: { mergedInto: standing._id } })
    const source = await write({ text: `[K8s](skillpool:skill/${merged.slug})` })
    expect((await prose(source)).text().trim()).to.equal('Kubernetes')
  })

  describe('are picked', () => {
    it('by suggestions while typing, of what the writer may see', async () => {
      await anArticle(site, ada, { title: 'Zeppelin hangars', slug: 'zeppelin-hangars' })
      await anArticle(site, ada, { title: 'Zeppelin secrets', visibility: 'organisation' })
      const asked = async (by: Browser) => (await by.get('/knowledge/new/links?q=zepp').expect(200)).body.suggestions
      expect(await asked(elsewhere)).to.deep.equal([
        {
          value: 'Zeppelin hangars',
          hint: 'how-to',
          link: 'article/zeppelin-hangars',
          insert: '[Zeppelin hangars](skillpool:article/zeppelin-hangars)',
        },
      ])
      expect(await asked(browser)).to.have.length(2)
    })

    it('by name and a button, without scripts: the form comes back with the link, and everything typed', async () => {
      const answer = await post('/knowledge/new', { ...written, text: 'First.', linkTo: 'vmware', show: 'link' }).expect(200)
      const form = formOn(answer.text, '/knowledge')
      expect(form).to.include({ text: `First.\n\n[VMware](skillpool:skill/${skill.slug})`, title: 'Links', linkTo: '' })
    })

    it('from several of that name', async () => {
      await aPerson(site, { name: 'Sam Twice', slug: 'sam-twice' })
      await aPerson(site, { name: 'Sam Twice', slug: 'sam-twice-2' })
      const $ = load((await post('/knowledge/new', { ...written, text: 'First.', linkTo: 'sam twice', show: 'link' })).text)
      const offered = $('button[name=link]')
        .toArray()
        .map(({ attribs }) => attribs.value)
      expect(offered).to.have.members(['person/sam-twice', 'person/sam-twice-2'])
      const answer = await post('/knowledge/new', { ...written, text: 'First.', linkTo: 'sam twice', link: 'person/sam-twice-2' })
      expect(formOn(answer.text, '/knowledge').text).to.equal('First.\n\n[Sam Twice](skillpool:person/sam-twice-2)')
    })

    for (const [what, given, says] of [
      ['nothing', { linkTo: ' ', show: 'link' }, /Enter the name/],
      ['what is not there', { linkTo: 'Atlantis', show: 'link' }, /nothing called “Atlantis”/],
      ['what is gone meanwhile', { linkTo: 'x', link: 'person/nobody-at-all' }, /not there any more/],
      ['no record', { linkTo: '', link: 'person/../admin' }, /Enter the name/],
    ] as const)
      it(`but not ${what}`, async () => {
        const answer = await post('/knowledge/new', { ...written, text: 'Kept.', ...given }).expect(200)
        expect(problemsOn(answer.text).linkTo).to.match(says)
        expect(formOn(answer.text, '/knowledge').text).to.equal('Kept.')
      })
  })

  describe('and texts are previewed', () => {
    it('by a button, with everything typed still there', async () => {
      const text = `# Plan\n\n- [x] ask [x](skillpool:skill/${skill.slug})\n\n<script>alert(1)</script>`
      const answer = await post('/knowledge/new', { ...written, text, show: 'preview' }).expect(200)
      const $ = load(answer.text)
      expect($('#preview .prose h2').text()).to.equal('Plan')
      expect($('#preview .task--done a').text()).to.equal('VMware')
      expect($('#preview script')).to.have.length(0)
      expect(formOn(answer.text, '/knowledge').text).to.equal(text)
      expect($('#preview').attr('hidden')).to.equal(undefined)
      expect(load((await browser.get('/knowledge/new')).text)('#preview').attr('hidden')).to.equal('hidden')
    })

    it('as they are typed: the same HTML, and why there is none', async () => {
      const { body } = await post('/knowledge/new/preview', { text: '*so*' }).expect(200)
      expect(body).to.deep.equal({ html: '<p><em>so</em></p>\n' })
      expect((await post('/knowledge/new/preview', { text: 'x'.repeat(100_001) })).body.problem).to.match(/longest text/)
      expect((await post('/knowledge/new/preview', {})).body).to.deep.equal({ html: '' })
      const long = await post('/knowledge/new', { ...written, text: 'x'.repeat(100_001), show: 'preview' }).expect(200)
      expect(problemsOn(long.text).text).to.match(/longest text/)
    })
  })

  it('the frame of diagrams is closed in', async () => {
    const { headers, text } = await browser.get('/knowledge/diagrams/frame').expect(200)
    const policy = headers['content-security-policy']
    expect(policy)
      .to.include("default-src 'none'")
      .and.include("script-src 'self'")
      .and.include('sandbox allow-scripts')
      .and.not.include('allow-same-origin')
    for (const { attribs } of load(text)('script').toArray()) {
      const script = await browser.get(String(attribs.src)).expect(200)
      expect(script.headers['cross-origin-resource-policy']).to.equal('cross-origin')
    }
  })
})
