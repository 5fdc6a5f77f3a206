import { expect } from 'chai'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const published = Object.fromEntries([['then', 'publish']])
const sensitive = { marking: 'OFFICIAL-SENSITIVE' as const }

describe('markings', () => {
  let site: TestSite
  let own: Organisation
  let member: Person & { email: string }
  let ofMember: Browser
  let ofEditor: Browser

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire' })
    member = await aPerson(site, { organisation: own })
    ofMember = await site.signInAs(member)
    ofEditor = await site.signInAs(await aPerson(site, { organisation: own, roles: ['member', 'editor'] }))
  })
  after(() => site.close())

  const complete = { title: 'Alarm codes', kind: 'how-to', text: 'Numbat.', visibility: 'organisation', ...published }
  const post = (by: Browser, path: string, given: object) => by.post(path).type('form').send(given)
  const kept = async (slug: string) =>
    (await site.services.models.articles.findOne({ slug }).asSystem('a test looks at what was kept').lean<Article>()) as Article

  it('are OFFICIAL unless editors or administrators say otherwise', async () => {
    expect(formOn((await ofMember.get('/knowledge/new').expect(200)).text)).to.not.have.property('marking')
    expect(formOn((await ofEditor.get('/knowledge/new').expect(200)).text).marking).to.equal('OFFICIAL')
    await post(ofMember, '/knowledge', { ...complete, ...sensitive }).expect(422)
    const path = String((await post(ofEditor, '/knowledge', { ...complete, ...sensitive }).expect(303)).headers.location)
    expect((await kept('alarm-codes')).marking).to.equal('OFFICIAL-SENSITIVE')
    expect((await ofMember.get(path).expect(200)).text).to.include('<strong>OFFICIAL-SENSITIVE</strong>')
    await site.services.indexer.settled()
    for (const list of ['/knowledge', '/search?q=numbat&type=article'])
      expect((await ofMember.get(list).expect(200)).text, list).to.include('OFFICIAL-SENSITIVE')
  })

  it('stay when somebody saves who may not change them, either way', async () => {
    const { slug } = await anArticle(site, member, { ...sensitive, visibility: 'organisation', slug: 'kept-marking' })
    const path = `/knowledge/${slug}`
    const form = formOn((await ofMember.get(`${path}/edit`).expect(200)).text, path)
    await post(ofMember, path, { ...form, text: 'More', ...published }).expect(303)
    expect(await kept(slug)).to.include({ marking: 'OFFICIAL-SENSITIVE', text: 'More' })
    const again = formOn((await ofMember.get(`${path}/edit`).expect(200)).text, path)
    const refused = await post(ofMember, path, { ...again, marking: 'OFFICIAL', ...published }).expect(422)
    expect(problemsOn(refused.text).form).to.include('Only editors and administrators')
  })

  it('keep what is sensitive from the whole partnership: beside the field, and in the service', async () => {
    const refused = await post(ofEditor, '/knowledge', { ...complete, ...sensitive, visibility: 'partnership' }).expect(422)
    expect(problemsOn(refused.text).visibility).to.include('never for the whole partnership')
    const { slug } = await anArticle(site, member, { ...sensitive, visibility: 'organisation', slug: 'not-opened' })
    const form = formOn((await ofMember.get(`/knowledge/${slug}/edit`).expect(200)).text, `/knowledge/${slug}`)
    const opened = await post(ofMember, `/knowledge/${slug}`, { ...form, visibility: 'partnership', ...published }).expect(422)
    expect(problemsOn(opened.text).visibility).to.include('never for the whole partnership')
    const content = {
      title: 'x',
      kind: 'how-to',
      text: 'x',
      fields: [],
      coAuthorIds: [],
      thankedIds: [],
      skillIds: [],
      chosenOrganisationIds: [],
    }
    const wrong = { ...content, ...sensitive, visibility: 'partnership' as const, publish: true, revision: 0 }
    const failed = await site.services.articleWriting.create(asReader(member), wrong).catch((error: Error) => error)
    expect(failed).to.have.property('problems').that.has.property('visibility')
    const editor = asReader({ ...member, roles: ['member', 'editor'] })
    expect(await site.services.articleWriting.create(editor, { ...wrong, visibility: 'organisation' }), 'twin').to.include(sensitive)
  })

  it('keep what is sensitive out of mails: the page says what a mail does not', async () => {
    const owner = asReader(await aPerson(site, { organisation: own }))
    const due = { reviewDueAt: site.services.clock.now(), owner: { personId: owner.id }, visibility: 'organisation' as const }
    const [open, closed] = [await anArticle(site, member, due), await anArticle(site, member, { ...due, ...sensitive })]
    for (const { _id: subjectId } of [open, closed])
      await site.services.notifications.tell({ kind: 'article-review', event: subjectId, to: [owner.id], subjectId })
    const told = new Map((await site.services.notifications.list(owner, { size: 9 })).map(one => [one.notification.subjectId, one]))
    expect(told.get(open._id)?.mail?.words, 'twin').to.include(open.title)
    expect(told.get(closed._id)).to.not.have.property('mail')
    expect(told.get(closed._id)?.words).to.include(closed.title)
  })
})
