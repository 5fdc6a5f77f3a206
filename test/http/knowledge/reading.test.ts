import { expect } from 'chai'
import { load } from 'cheerio'
import type { Visibility } from '../../../server/access/readers.ts'
import type { Role } from '../../../server/access/roles.ts'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aTeam } from '../../support/builders.ts'
import { formOn, headingOf, linksOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const close = ['author', 'coAuthor', 'teamMember', 'editor', 'administrator'] as const
const organisation = [...close, 'colleague', 'partnershipAdministratorHere'] as const
const everybody = [...organisation, 'friend', 'stranger', 'strangeEditor', 'partnershipAdministratorElsewhere'] as const
type Who = (typeof everybody)[number]

/** Who reads what: the whole table. An administrator of the partnership reads as an editor of the organisation they belong to. */
const drafts: readonly Who[] = [...close, 'partnershipAdministratorHere']
const readersOf: Record<Visibility, Partial<Record<Article['state'], readonly Who[]>>> = {
  team: { draft: drafts, published: drafts },
  organisation: { draft: drafts, published: organisation },
  chosen: { 'in approval': drafts, 'needs review': [...organisation, 'friend'] },
  partnership: { draft: drafts, published: everybody },
}
const mayWrite: readonly Who[] = [...drafts, 'partnershipAdministratorElsewhere']

const cases = Object.entries(readersOf).flatMap(([visibility, states]) =>
  Object.entries(states).map(([state, readers]) => ({ visibility, state, readers, slug: `${visibility}-${state.replace(' ', '-')}` })),
)

describe('reading articles', () => {
  let site: TestSite
  let own: Organisation
  let friends: Organisation
  let team: Team
  const people = {} as Record<Who, Person & { email: string }>
  const browsers = {} as Record<Who, Browser>

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire' })
    friends = await anOrganisation(site, { name: 'Friends' })
    const strangers = await anOrganisation(site, { name: 'Strangers' })
    team = await aTeam(site, own, { name: 'Networks' })
    const somebody = (organisation: Organisation, ...roles: Role[]) => aPerson(site, { organisation, roles: ['member', ...roles] })
    Object.assign(people, {
      author: await somebody(own),
      coAuthor: await somebody(strangers),
      teamMember: await aPerson(site, { organisation: own, teamIds: [team._id] }),
      editor: await somebody(own, 'editor'),
      administrator: await somebody(own, 'organisation administrator'),
      colleague: await somebody(own, 'coordinator'),
      partnershipAdministratorHere: await somebody(own, 'partnership administrator'),
      friend: await somebody(friends),
      stranger: await somebody(strangers),
      strangeEditor: await somebody(strangers, 'editor', 'organisation administrator', 'coordinator'),
      partnershipAdministratorElsewhere: await somebody(strangers, 'partnership administrator'),
    })
    for (const who of everybody) browsers[who] = await site.signInAs(people[who])
    for (const { visibility, state, slug } of cases) await anArticle(site, people.author, planted(visibility, state, slug))
    await site.services.indexer.settled()
  })
  after(() => site.close())

  const planted = (visibility: string, state: string, slug: string): Partial<Article> => ({
    slug,
    title: `Quokka ${visibility} ${state}`,
    text: 'About the quokka.',
    visibility: visibility as Visibility,
    state: state as Article['state'],
    owner: { teamId: team._id },
    authorIds: [people.author._id, people.coAuthor._id],
    chosenOrganisationIds: visibility === 'chosen' ? [friends._id] : [],
  })
  const seenOn = async (who: Who, path: string) => {
    const links = linksOn((await browsers[who].get(path).expect(200)).text)
    return cases.map(({ slug }) => slug).filter(slug => links.includes(`/knowledge/${slug}`))
  }

  for (const who of everybody) {
    describe(`as ${who}`, () => {
      const readable = cases.filter(({ readers }) => readers.includes(who)).map(({ slug }) => slug)

      for (const { slug, readers } of cases) {
        const reads = readers.includes(who)
        const writes = reads && mayWrite.includes(who)
        it(`${reads ? 'shows' : 'hides'} ${slug}${reads ? `, which they may ${writes ? '' : 'not '}change` : ''}`, async () => {
          const browser = browsers[who]
          const page = await browser.get(`/knowledge/${slug}`).expect(reads ? 200 : 404)
          expect(linksOn(page.text).includes(`/knowledge/${slug}/edit`), 'a link to the form').to.equal(writes)
          expect(page.text.includes(`action="/knowledge/${slug}/delete"`), 'a form to delete').to.equal(writes)
          await browser.get(`/knowledge/${slug}/history`).expect(reads ? 200 : 404)
          await browser.get(`/knowledge/${slug}/edit`).expect(reads ? (writes ? 200 : 403) : 404)
          if (writes) return
          const refused = reads ? 403 : 404
          await browser.post(`/knowledge/${slug}`).type('form').send({ title: '' }).expect(refused)
          await browser.post(`/knowledge/${slug}/delete`).type('form').send({}).expect(refused)
        })
      }

      it('lists and finds exactly these', async () => {
        for (const path of ['/knowledge', '/knowledge?kind=how-to', '/search?q=quokka&type=article'])
          expect(await seenOn(who, path), path).to.have.members(readable)
        expect(await seenOn(who, '/knowledge?kind=architecture')).to.deep.equal([])
      })
    })
  }

  it('shows a hidden article and a missing one in the same words', async () => {
    const [hidden, missing] = await Promise.all(
      ['team-draft', 'there-is-none'].map(slug => browsers.stranger.get(`/knowledge/${slug}`).expect(404)),
    )
    expect(hidden?.text.replaceAll('team-draft', '')).to.equal(missing?.text.replaceAll('there-is-none', ''))
  })

  it('sends visitors to sign in, and back to the page', async () => {
    await site
      .visitor()
      .get('/knowledge/partnership-published?x=1')
      .expect(302)
      .expect('Location', '/sign-in?back=%2Fknowledge%2Fpartnership-published%3Fx%3D1')
  })

  it('shows a narrowed article to nobody new from the moment the save answers', async () => {
    const article = await anArticle(site, people.author, { title: 'Numbat secrets', owner: { teamId: team._id } })
    await site.services.indexer.settled()
    expect(linksOn((await browsers.stranger.get('/search?q=numbat&type=article')).text)).to.include(`/knowledge/${article.slug}`)
    const form = formOn((await browsers.editor.get(`/knowledge/${article.slug}/edit`).expect(200)).text)
    await browsers.editor
      .post(`/knowledge/${article.slug}`)
      .type('form')
      .send({ ...form, visibility: 'team' })
      .expect(303)
    expect((await browsers.stranger.get('/search?q=numbat&type=article')).text).to.not.include(article.slug)
    await browsers.stranger.get(`/knowledge/${article.slug}`).expect(404)
    await browsers.teamMember.get(`/knowledge/${article.slug}`).expect(200)
  })

  it('stops with the membership of a team, with the next request', async () => {
    const member = await aPerson(site, { organisation: own, teamIds: [team._id] })
    const browser = await site.signInAs(member)
    await browser.get('/knowledge/team-draft').expect(200)
    const path = `/people/${member.slug}/edit/teams`
    const form = formOn((await browsers.administrator.get(path).expect(200)).text, path)
    await browsers.administrator
      .post(path)
      .type('form')
      .send({ ...form, teams: '' })
      .expect(303)
    await browser.get('/knowledge/team-draft').expect(404)
  })

  describe('the list', () => {
    it('goes by pages, the newest first, and takes nonsense for the first page', async () => {
      const minute = (at: number) => new Date(Date.UTC(2020, 0, 1, 0, at))
      for (let at = 0; at < 25; at++)
        await anArticle(site, people.author, { kind: 'lesson-learned', title: `Lesson ${at}`, slug: `lesson-${at}`, updatedAt: minute(at) })
      const lessonsOn = async (page: string) =>
        linksOn((await browsers.stranger.get(`/knowledge?kind=lesson-learned${page}`).expect(200)).text).filter(href =>
          href.includes('/knowledge/lesson-'),
        )
      const expected = Array.from({ length: 25 }, (_, at) => `/knowledge/lesson-${24 - at}`)
      expect(await lessonsOn('')).to.deep.equal(expected.slice(0, 20))
      expect(await lessonsOn('&page=2')).to.deep.equal(expected.slice(20))
      for (const nonsense of ['-1', '0', 'x', '1e9', '%00', '1&page=2']) expect(await lessonsOn(`&page=${nonsense}`)).to.have.length(20)
      expect(await lessonsOn('&page=9999999')).to.deep.equal([])
    })

    it('says when there is nothing of a kind, also of one that there is none', async () => {
      for (const kind of ['release-procedure', 'poem', '%00'])
        expect((await browsers.stranger.get(`/knowledge?kind=${kind}`).expect(200)).text).to.include('No articles here yet')
    })
  })

  describe('the history', () => {
    const saved = async (path: string, given: object) => {
      const form = formOn((await browsers.author.get(`${path}/edit`).expect(200)).text)
      await browsers.author
        .post(path)
        .type('form')
        .send({ ...form, ...given })
        .expect(303)
    }
    const begun = async (given: object) => {
      const complete = { title: 'A history', kind: 'how-to', text: 'First words', owner: 'me', visibility: 'partnership' }
      const answer = await browsers.author
        .post('/knowledge')
        .type('form')
        .send({ ...complete, ...given })
        .expect(303)
      return String(answer.headers.location)
    }
    const published = Object.fromEntries([['then', 'publish']])
    const asDraft = Object.fromEntries([['then', 'draft']])

    it('has every text from the first save, who saved it and when, newest first', async () => {
      const path = await begun(published)
      await saved(path, { text: 'Second words' })
      const page = (await browsers.stranger.get(`${path}/history`).expect(200)).text
      expect(page.indexOf('Second words')).to.be.lessThan(page.indexOf('First words')).and.greaterThan(0)
      expect(page).to.include('Revision 2').and.include('Revision 1').and.include(`by ${people.author.name}`)
      expect((await browsers.author.get(path)).text).to.include('2 times')
    })

    it('prints texts as they were written, and runs nothing in them', async () => {
      const path = await begun({ ...published, text: '<script>alert(1)</script> **plain**' })
      const page = (await browsers.stranger.get(`${path}/history`).expect(200)).text
      expect(page).to.include('&lt;script&gt;').and.include('**plain**').and.not.include('<script>alert')
    })

    it('shows the drafts of a published article to those only who could read them, and to those who may change it', async () => {
      const path = await begun({ ...asDraft, text: 'Unfit to print' })
      await saved(path, { text: 'Fit to print', ...published })
      for (const who of everybody) {
        const page = (await browsers[who].get(`${path}/history`).expect(200)).text
        expect(page, who).to.include('Fit to print')
        const sees = ['author', 'editor', 'administrator', 'partnershipAdministratorHere', 'partnershipAdministratorElsewhere'].includes(
          who,
        )
        expect(page.includes('Unfit to print'), who).to.equal(sees)
      }
    })

    it('shows what was kept to the organisation to nobody else after it was opened to the partnership', async () => {
      const path = await begun({ ...published, visibility: 'organisation', text: 'Among ourselves' })
      await saved(path, { text: 'For all of us', visibility: 'partnership' })
      expect((await browsers.colleague.get(`${path}/history`).expect(200)).text).to.include('Among ourselves')
      const page = (await browsers.friend.get(`${path}/history`).expect(200)).text
      expect(page).to.include('For all of us').and.not.include('Among ourselves')
    })
  })

  describe('the text', () => {
    const html = async (text: string) => {
      const { slug } = await anArticle(site, people.author, { title: 'Shown', text })
      return (await browsers.stranger.get(`/knowledge/${slug}`).expect(200)).text
    }

    for (const [what, text] of [
      ['a script', '<script>alert(1)</script>'],
      ['a handler of an image', '<img src=x onerror=alert(1)>'],
      ['a handler in a heading', '# <b onmouseover="alert(1)">x</b>'],
      ['a link that runs', '[x](javascript:alert(1)) [y](  JaVaScRiPt:alert(1)) [z](&#106;avascript:alert(1))'],
      ['a link with data', '[x](data:text/html;base64,PHNjcmlwdD4=) <data:text/html,x>'],
      ['a link that breaks out', '[x](https://a.example/"onclick="alert(1))'],
      ['a style and a frame', '<style>body{display:none}</style><iframe src=//evil.example></iframe>'],
      ['an image from elsewhere', '![x](https://evil.example/track.png)'],
      ['a form', '<form action=https://evil.example><input name=password></form>'],
      ['an end of its place', '</div></article></main><h1>Mine now</h1>'],
    ] as const) {
      it(`is printed without ${what}`, async () => {
        const $ = load(await html(text))
        const prose = $('.prose')
        expect(prose.find('script, style, iframe, img, form, input, h1, b')).to.have.length(0)
        for (const element of prose.find('*').toArray()) {
          for (const [name, value] of Object.entries(element.attribs)) {
            expect(name).to.not.match(/^on|^style$/)
            if (name === 'href') expect(value).to.match(/^(https?:|mailto:|tel:|\/|#)/)
          }
        }
        expect($('h1')).to.have.length(1)
      })
    }

    it('has headings, lists, tables, code and links', async () => {
      const text = '# One\n\n- a\n- b\n\n| h |\n|---|\n| c |\n\n`code` https://example.org [in](/people)'
      const page = await html(text)
      for (const part of [
        '<h2 id="prose-one">One</h2>',
        '<li>a</li>',
        '<th>h</th>',
        '<code>code</code>',
        'href="https://example.org"',
        'href="/people"',
      ])
        expect(page).to.include(part)
    })

    it('takes a title for a title, whatever is in it', async () => {
      const title = '<script>alert(1)</script> & "quotes"'
      const { slug } = await anArticle(site, people.author, { title })
      for (const path of [`/knowledge/${slug}`, `/knowledge/${slug}/history`, '/knowledge', '/']) {
        const page = (await browsers.author.get(path).expect(200)).text
        expect(page).to.not.include('<script>alert')
        expect(page).to.include('&lt;script&gt;')
      }
      expect(headingOf((await browsers.author.get(`/knowledge/${slug}`)).text)).to.equal(title)
      expect(formOn((await browsers.author.get(`/knowledge/${slug}/edit`)).text).title).to.equal(title)
    })
  })
})
