import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill, asReader, aTeam } from '../../support/builders.ts'
import { formOn, headingOf, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const complete = { title: 'Moving servers', kind: 'how-to', text: 'First the small ones.', owner: 'me', visibility: 'partnership' }

const published = Object.fromEntries([['then', 'publish']])
const asDraft = Object.fromEntries([['then', 'draft']])

describe('writing articles', () => {
  let site: TestSite
  let own: Organisation
  let friends: Organisation
  let team: Team
  let author: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire' })
    friends = await anOrganisation(site, { name: 'Wirral', slug: 'wirral' })
    team = await aTeam(site, own, { name: 'Networks', slug: 'networks' })
    await aTeam(site, friends, { name: 'Strangers', slug: 'strangers' })
    await aSkill(site, { name: 'VMware', aliases: ['vSphere'] })
    author = await aPerson(site, { name: 'Ada Writer', organisation: own, teamIds: [team._id] })
    browser = await site.signInAs(author)
  })
  after(() => site.close())

  const post = (path: string, given: object, by = browser) => by.post(path).type('form').send(given)
  const write = async (given: object, by = browser) => {
    const answer = await post('/knowledge', { ...complete, ...published, ...given }, by).expect(303)
    return String(answer.headers.location)
  }
  const kept = (path: string) =>
    site.services.models.articles
      .findOne({ slug: decodeURIComponent(path.split('/').at(-1) ?? '') })
      .asSystem('a test looks at what was kept')
      .lean<Article>()
  const count = () => site.services.models.articles.countDocuments({}).asSystem('nothing may be added')
  const revisions = (articleId: string) => site.services.models.revisions.countDocuments({ articleId })

  it('publishes what was written, and shows it with everything that was chosen', async () => {
    const colleague = await aPerson(site, { name: 'Cora Colleague' })
    const path = await write({
      skills: 'vsphere',
      coAuthors: 'cora COLLEAGUE',
      owner: 'networks',
      visibility: 'chosen',
      chosenOrganisations: 'wirral',
    })
    const page = await browser.get(path).expect(200)
    expect(headingOf(page.text)).to.equal('Moving servers')
    for (const text of ['The article is published.', 'First the small ones.', 'VMware', 'Networks', 'Cheshire, Wirral'])
      expect(page.text).to.include(text)
    expect(await kept(path)).to.deep.include({
      authorIds: [author._id, colleague._id],
      owner: { teamId: team._id },
      state: 'published',
      revision: 1,
    })
  })

  it('keeps a draft, says who sees it, and publishes it later with its first date', async () => {
    const path = await write({ title: 'Not ready', ...asDraft })
    const page = await browser.get(path).expect(200)
    expect(page.text).to.include('The draft is saved').and.include('Draft: seen by its authors, its team and the editors')
    expect((await kept(path))?.publishedAt).to.equal(undefined)
    await post(path, { ...complete, title: 'Ready', ...published, revision: 1 })
      .expect(303)
      .expect('Location', path)
    expect((await browser.get(path).expect(200)).text).to.include('The article is published.')
    const { publishedAt } = (await kept(path)) as Article
    await post(path, { ...complete, title: 'Ready now', ...asDraft, revision: 2 }).expect(303)
    expect(await kept(path)).to.deep.include({ state: 'published', publishedAt, title: 'Ready now' })
  })

  it('publishes nothing when somebody presses Enter in a field of a draft', async () => {
    const { slug } = await anArticle(site, author, { state: 'draft' })
    for (const path of ['/knowledge/new', `/knowledge/${slug}/edit`]) {
      const buttons = load((await browser.get(path).expect(200)).text)('main form button:not([formaction])').toArray()
      expect(buttons.map(({ attribs }) => attribs.value)).to.deep.equal(['draft', 'publish', 'draft'])
      expect(buttons[0]?.attribs).to.have.property('hidden')
    }
  })

  it('takes names with commas or semicolons between, each once', async () => {
    const colleagues = [await aPerson(site, { name: 'Una Semicolon' }), await aPerson(site, { name: 'Ben Comma' })]
    const path = await write({ coAuthors: ' Una Semicolon; Ben Comma,, una semicolon ;Ada Writer' })
    expect((await kept(path))?.authorIds).to.deep.equal([author._id, ...colleagues.map(({ _id }) => _id)])
  })

  describe('refuses what cannot be kept, with what was typed and the reason beside the field', () => {
    const refused: [string, object, Record<string, string | RegExp>][] = [
      ['no title', { title: ' \t ' }, { title: 'Enter a title' }],
      ['a title without end', { title: 'x'.repeat(201) }, { title: 'Use 200 characters or fewer' }],
      ['no text', { text: '\r\n \r\n' }, { text: 'Write the text' }],
      [
        'a text without end',
        { text: 'x'.repeat(100_001) },
        { text: /The text has 100,001 characters, and the longest text of an article is 100,000/ },
      ],
      ['a kind that there is none', { kind: 'poem' }, { kind: 'Choose what kind of article it is' }],
      ['no audience', { visibility: '' }, { visibility: 'Choose who may read it' }],
      ['a team as audience without a team as owner', { visibility: 'team' }, { visibility: /choose the team as owner/ }],
      ['chosen organisations without any', { visibility: 'chosen' }, { chosenOrganisations: 'Choose at least one organisation' }],
      ['a skill that is not in the vocabulary', { skills: 'VMware, Juggling' }, { skills: '“Juggling” is not in the skills vocabulary' }],
      ['a skill with a known one in its name', { skills: 'Hating VMware' }, { skills: '“Hating VMware” is not in the skills vocabulary' }],
      ['nobody as co-author', { coAuthors: 'Nobody Known' }, { coAuthors: 'There is no “Nobody Known” among the people here' }],
      ['a team that the writer is not in', { owner: 'strangers' }, { owner: 'Choose one of the teams in the list' }],
      ['a team that there is none', { owner: 'nowhere' }, { owner: 'Choose one of the teams in the list' }],
      ['everything at once', { title: '', text: '', kind: '' }, { title: 'Enter a title', kind: /./, text: 'Write the text' }],
    ]
    for (const [what, given, problems] of refused) {
      it(what, async () => {
        const before = await count()
        const typed = { ...complete, skills: 'VMware', coAuthors: 'Ada Writer', ...given }
        const again = await post('/knowledge', { ...typed, ...published }).expect(422)
        const found = problemsOn(again.text)
        expect(Object.keys(found)).to.have.members(Object.keys(problems))
        for (const [field, problem] of Object.entries(problems))
          typeof problem === 'string' ? expect(found[field]).to.equal(problem) : expect(found[field]).to.match(problem)
        const form = formOn(again.text)
        for (const field of ['title', 'text', 'skills', 'coAuthors'] as const)
          expect(String(form[field]).trim(), field).to.equal(typed[field].trim())
        expect(await count()).to.equal(before)
      })
    }

    it('also when an article is changed, which then stays as it was', async () => {
      const path = await write({ title: 'Steady' })
      const again = await post(path, { ...complete, title: '', text: 'New text', revision: 1 }).expect(422)
      expect(problemsOn(again.text)).to.deep.equal({ title: 'Enter a title' })
      expect(formOn(again.text)).to.include({ text: 'New text', revision: '1' })
      expect(await kept(path)).to.include({ title: 'Steady', text: complete.text, revision: 1 })
    })

    it('fields that are sent twice, or not at all, without a failure', async () => {
      await browser.post('/knowledge').type('form').send('title=a&title=b&text=c&kind=how-to&visibility=partnership').expect(422)
      await browser.post('/knowledge').type('form').send('').expect(422)
      await browser.post('/knowledge').type('form').send('title[x]=1&revision=many').expect(422)
    })
  })

  it('takes the longest title and text there may be', async () => {
    const path = await write({ title: 'x'.repeat(200), text: 'word '.repeat(20_000).trimEnd() })
    expect((await kept(path))?.text).to.have.length(99_999)
    await browser.get(path).expect(200)
  })

  it('opens the form with what is kept, so that saving it untouched changes nothing but the revision', async () => {
    const path = await write({
      skills: 'VMware',
      coAuthors: 'Ada Writer',
      owner: 'networks',
      visibility: 'chosen',
      chosenOrganisations: 'wirral',
    })
    const before = (await kept(path)) as Article
    const form = formOn((await browser.get(`${path}/edit`).expect(200)).text)
    await post(path, { ...form, ...published }).expect(303)
    const after = (await kept(path)) as Article
    for (const field of [
      'title',
      'kind',
      'text',
      'owner',
      'authorIds',
      'visibility',
      'chosenOrganisationIds',
      'skillIds',
      'readers',
      'slug',
    ] as const)
      expect(after[field], field).to.deep.equal(before[field])
    expect(after.revision).to.equal(2)
  })

  it('keeps authors who have left, and the person who owns it, when others save', async () => {
    const gone = await aPerson(site, { status: 'left', readers: [] })
    const article = await anArticle(site, author, { authorIds: [author._id, gone._id], owner: { personId: gone._id } })
    const form = formOn((await browser.get(`/knowledge/${article.slug}/edit`).expect(200)).text)
    await post(`/knowledge/${article.slug}`, { ...form, ...published }).expect(303)
    expect(await kept(article.slug)).to.deep.include({ authorIds: [author._id, gone._id], owner: { personId: gone._id } })
  })

  it('gives nobody the credit for an article without authors because they saved it', async () => {
    const article = await anArticle(site, author, { authorIds: [] })
    const form = formOn((await browser.get(`/knowledge/${article.slug}/edit`).expect(200)).text)
    await post(`/knowledge/${article.slug}`, { ...form, ...published }).expect(303)
    expect((await kept(article.slug))?.authorIds).to.deep.equal([])
  })

  it('does not guess between co-authors of one name, and keeps the one it was', async () => {
    const first = await aPerson(site, { name: 'John Smith' })
    const second = await aPerson(site, { name: 'John Smith' })
    const again = await post('/knowledge', { ...complete, coAuthors: 'John Smith' }).expect(422)
    expect(problemsOn(again.text).coAuthors).to.include('2 people are called “John Smith”').and.include(first.slug).and.include(second.slug)
    const path = await write({ coAuthors: second.slug })
    expect((await kept(path))?.authorIds).to.deep.equal([author._id, second._id])
    const form = formOn((await browser.get(`${path}/edit`).expect(200)).text)
    expect(form.coAuthors).to.equal('John Smith')
    await post(path, { ...form, ...published }).expect(303)
    expect((await kept(path))?.authorIds).to.deep.equal([author._id, second._id])
  })

  describe('addresses', () => {
    it('are made from the title; the same title again gets an end of its own', async () => {
      const [first, second] = [await write({ title: 'Twice told: Ünïcode!' }), await write({ title: 'Twice told: Ünïcode!' })]
      expect(first).to.equal('/knowledge/twice-told-unicode')
      expect(second).to.match(/^\/knowledge\/twice-told-unicode-[0-9a-f]{6}$/)
      for (const path of [first, second]) await browser.get(path).expect(200)
    })

    it('stay when the title changes', async () => {
      const path = await write({ title: 'Before' })
      await post(path, { ...complete, title: 'After', ...published, revision: 1 })
        .expect(303)
        .expect('Location', path)
      expect(headingOf((await browser.get(path).expect(200)).text)).to.equal('After')
    })

    for (const title of ['New', '???', '日本語の手順', '𐐀𐐁𐐂'.repeat(40), 'a/b?c=d#e', '../../etc']) {
      it(`lead to the article, whatever it is called: ${title.slice(0, 20)}`, async () => {
        const path = await write({ title })
        expect(headingOf((await browser.get(path).expect(200)).text)).to.equal(title)
        await browser.get(`${path}/edit`).expect(200)
      })
    }
  })

  describe('two at the same time', () => {
    const twoWith = async (given: Partial<Article> = {}) => {
      const other = await aPerson(site, { organisation: own })
      const article = await anArticle(site, author, { text: 'As it was', authorIds: [author._id, other._id], ...given })
      return { path: `/knowledge/${article.slug}`, article, theirs: await site.signInAs(other) }
    }

    it('gives the second both texts, and overwrites nothing until they have seen them', async () => {
      const { path, article, theirs } = await twoWith()
      const [mine, yours] = [formOn((await browser.get(`${path}/edit`)).text), formOn((await theirs.get(`${path}/edit`)).text)]
      await post(path, { ...mine, title: 'My title', text: 'My text', ...published }).expect(303)
      const refused = await post(path, { ...yours, text: 'Your text\r\nin two lines', ...published }, theirs).expect(409)
      expect(problemsOn(refused.text).form).to.match(/^Ada Writer saved at \d\d:\d\d, while you were writing\. .* between marks/)
      expect(problemsOn(refused.text).text).to.match(/^Line 1 is a mark/)
      const form = formOn(refused.text)
      expect(form).to.include({ title: article.title })
      expect(String(form.text)).to.match(
        /^<{7} You typed:\nYour text\nin two lines\n={7} Ada Writer saved at \d\d:\d\d:\nMy text\n>{7} Both passages end here$/,
      )
      expect(load(refused.text)('section details').text()).to.include('My title').and.not.include('Who owns it')
      expect(load(refused.text)('.comparison').text()).to.include('My text').and.include('in two lines')
      expect(await kept(path)).to.include({ text: 'My text', revision: 2 })
      expect(await revisions(article._id)).to.equal(1)
      const marked = await post(path, { ...form, ...published }, theirs).expect(422)
      expect(problemsOn(marked.text).text).to.include('delete the lines that begin with <<<<<<<')
      await post(path, { ...form, text: 'My text and yours', ...published }, theirs).expect(303)
      expect(await kept(path)).to.include({ text: 'My text and yours', revision: 3 })
    })

    const lines = (...changed: [number, string][]) => {
      const text = Array.from({ length: 9 }, (_, at) => `Line ${at}`)
      for (const [at, line] of changed) text[at] = line
      return text.join('\n')
    }

    it('brings together what two changed in different places', async () => {
      const path = await write({ title: 'Two places', text: lines() })
      const opened = formOn((await browser.get(`${path}/edit`)).text)
      await post(path, { ...opened, text: lines([1, 'Theirs']), ...published }).expect(303)
      const again = await post(path, { ...opened, text: lines([5, 'Mine']), ...published }).expect(409)
      expect(problemsOn(again.text).form).to.match(/^Ada Writer saved at \d\d:\d\d, .* together in the form: look and save again\.$/)
      expect(formOn(again.text).text).to.equal(lines([1, 'Theirs'], [5, 'Mine']))
      await post(path, { ...formOn(again.text), ...published }).expect(303)
      expect((await kept(path))?.text).to.equal(lines([1, 'Theirs'], [5, 'Mine']))
    })

    it('begins with what the form showed: a change that waits, or what is published when a change was sent back', async () => {
      const approver = asReader(await aPerson(site, { name: 'Ava Approver', organisation: own }))
      const agreement = { kind: 'service-level-agreement', approver: 'Ava Approver', ...published }
      const path = await write({ ...agreement, title: 'Agreed', text: lines() })
      const slug = path.split('/').at(-1) ?? ''
      const open = async () => ({ ...formOn((await browser.get(`${path}/edit`)).text), ...published })
      const save = async (text: string) => post(path, { ...(await open()), text }).expect(303)
      const late = async (opened: object, text: string) => String(formOn((await post(path, { ...opened, text }).expect(409)).text).text)
      await site.services.reviews.take(approver, slug, 'approve')
      await save(lines([1, 'Waits']))
      const waiting = await open()
      await save(lines([1, 'Waits'], [8, 'Waits too']))
      expect(await late(waiting, lines([1, 'Waits'], [5, 'Mine']))).to.equal(lines([1, 'Waits'], [5, 'Mine'], [8, 'Waits too']))
      await site.services.reviews.take(approver, slug, 'refuse change', { reason: 'No' })
      const asPublished = await open()
      await save(lines([8, 'End']))
      expect(await late(asPublished, lines([1, 'Waits']))).to.equal(lines([1, 'Waits'], [8, 'End']))
    })

    it('says so when something else than the text was changed, or the same was typed', async () => {
      const { path, article } = await twoWith()
      const opened = formOn((await browser.get(`${path}/edit`)).text)
      await post(path, { ...opened, text: 'The same', ...published }).expect(303)
      const same = await post(path, { ...opened, text: 'The same', title: 'Mine', ...published }).expect(409)
      expect(problemsOn(same.text).form).to.include('the same text as yours')
      const form = formOn(same.text)
      expect(form).to.include({ text: 'The same', title: 'Mine', revision: '2' })
      const colleague = await aPerson(site, { organisation: own })
      const owner = { personId: colleague._id }
      await site.services.articleOwners.give(article, author._id, owner, ['published'])
      const handed = await post(path, { ...form, text: 'Typed', ...published }).expect(409)
      expect(problemsOn(handed.text).form).to.include('but not its text')
      expect(formOn(handed.text).text).to.equal('Typed')
    })

    it('does not take what began with a revision of another article', async () => {
      const { path } = await twoWith()
      const other = formOn((await browser.get(`${await write({ title: 'Another', text: 'Their text' })}/edit`)).text)
      const again = await post(path, { ...complete, text: 'Mine', opened: other.opened, ...published, revision: 0 }).expect(409)
      expect(String(formOn(again.text).text))
        .to.include('Mine')
        .and.include('As it was')
    })

    it('lets one of twenty win, and keeps the revisions of those who did', async () => {
      const { path, article } = await twoWith()
      const texts = Array.from({ length: 20 }, (_, at) => `Text ${at}`)
      const answers = await Promise.all(texts.map(text => post(path, { ...complete, text, ...published, revision: 1 })))
      const won = texts.filter((_, at) => answers[at]?.status === 303)
      expect(won).to.have.length(1)
      expect(answers.filter(({ status }) => status === 409)).to.have.length(19)
      for (const [at, answer] of answers.entries())
        if (answer.status === 409)
          expect(String(formOn(answer.text).text))
            .to.include(`You typed:\n${texts[at]}\n`)
            .and.include(`\n${won[0]}\n`)
      expect(await kept(path)).to.include({ text: won[0], revision: 2 })
      expect(await revisions(article._id)).to.equal(1)
    })

    it('cannot be got around with a revision that does not exist', async () => {
      const { path } = await twoWith()
      for (const revision of [0, 7]) await post(path, { ...complete, ...published, revision }).expect(409)
      expect(await kept(path)).to.include({ text: 'As it was', revision: 1 })
    })
  })

  it('is not for visitors, and not for forms of other sites', async () => {
    const before = await count()
    await post('/knowledge', complete, site.visitor())
      .expect(302)
      .expect('Location', /^\/sign-in/)
    await post('/knowledge', complete).set('Sec-Fetch-Site', 'cross-site').expect(403)
    await post('/knowledge', complete).set('Sec-Fetch-Site', 'same-site').expect(403)
    expect(await count()).to.equal(before)
  })

  it('changes nothing when pages are only opened', async () => {
    const path = await write({ title: 'Looked at' })
    const before = await kept(path)
    for (const page of ['', '/edit', '/history', '/delete']) await browser.get(`${path}${page}?then=publish&title=x&text=y`)
    for (const page of ['/knowledge', '/knowledge/new']) await browser.get(`${page}?title=x`).expect(200)
    await site.services.indexer.settled()
    const { pendingSince: _, ...after } = (await kept(path)) as Article
    const { pendingSince: _before, ...unchanged } = before as Article
    expect(after).to.deep.equal(unchanged)
  })

  it('deletes for good, with the history, and only with a form', async () => {
    const path = await write({ title: 'Short life' })
    const article = (await kept(path)) as Article
    const stranger = await site.signInAs(await aPerson(site))
    await post(`${path}/delete`, {}, stranger).expect(403)
    await post(`${path}/delete`, {}).expect(303).expect('Location', '/knowledge')
    for (const page of ['', '/history', '/edit']) await browser.get(`${path}${page}`).expect(404)
    await post(path, { ...complete, revision: 1 }).expect(404)
    await post(`${path}/delete`, {}).expect(404)
    expect(await revisions(article._id)).to.equal(0)
    const answer = await browser.get('/search?q=%22Short+life%22&type=article').expect(200)
    expect(answer.text).to.not.include(path)
  })
})
