import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { reviewsDue } from '../../../server/knowledge/reviews/reviewsDue.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aTeam } from '../../support/builders.ts'
import { aRunner, becomes } from '../../support/jobs.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const published = Object.fromEntries([['then', 'publish']])
const dayMs = 86_400_000

describe('whether an article can be trusted', () => {
  const clock = new MovableClock()
  let site: TestSite
  let own: Organisation
  let author: Person & { email: string }
  let ofAuthor: Browser
  let approver: Person & { email: string }
  let ofApprover: Browser
  let reader: Browser

  before(async () => {
    site = await startTestSite({ clock })
    own = await anOrganisation(site, { name: 'Cheshire' })
    author = await aPerson(site, { name: 'Ada Writer', organisation: own })
    approver = await aPerson(site, { name: 'Pru Approver' })
    ofAuthor = await site.signInAs(author)
    ofApprover = await site.signInAs(approver)
    reader = await site.signInAs(await aPerson(site))
  })
  after(() => site.close())

  const post = (by: Browser, path: string, given: object = {}) => by.post(path).type('form').send(given)
  const kept = async (path: string) =>
    (await site.services.models.articles
      .findOne({ slug: path.split('/').at(-1) ?? '' })
      .asSystem('a test looks at what was kept')
      .lean<Article>()) as Article
  const mainOf = async (by: Browser, path: string) =>
    load((await by.get(path).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')
  const agreement = { kind: 'service-level-agreement', text: 'Four hours.', visibility: 'partnership', ...published }
  const asked = async (title: string) =>
    String((await post(ofAuthor, '/knowledge', { ...agreement, title, approver: 'Pru Approver' }).expect(303)).headers.location)

  describe('a kind that needs approval', () => {
    it('needs a colleague who approves it', async () => {
      const problem = async (given: object) =>
        problemsOn((await post(ofAuthor, '/knowledge', { ...agreement, title: 'X', ...given }).expect(422)).text).approver
      expect(await problem({})).to.include('Name who approves it')
      expect(await problem({ approver: 'Ada Writer' })).to.include('Somebody else must approve it')
      expect(await problem({ approver: 'Nobody Known' })).to.include('There is no “Nobody Known”')
      expect(await problem({ approver: 'Pru Approver, Ada Writer' })).to.equal('Name one person')
    })

    it('waits for the approver, who is told at home; sent back with a reason, asked again, approved, and then found', async () => {
      const path = await asked('Desk agreement')
      expect(await mainOf(ofAuthor, path))
        .to.include('sent for approval')
        .and.include('In approval: seen by')
      await reader.get(path).expect(404)
      expect(linksOn((await ofApprover.get('/').expect(200)).text)).to.include(`${path}/review`)
      expect(await mainOf(ofApprover, '/notifications')).to.include('An article waits for your approval: “Desk agreement”')
      const review = (await ofApprover.get(`${path}/review`).expect(200)).text
      const form = formOn(review, `${path}/review/refuse`)
      expect(problemsOn((await post(ofApprover, `${path}/review/refuse`, form).expect(422)).text)).to.deep.equal({
        reason: 'Say why, so that it can be put right',
      })
      await post(ofAuthor, `${path}/review/approve`).expect(403)
      await post(ofApprover, `${path}/review/refuse`, { ...form, reason: 'The hours are missing' })
        .expect(303)
        .expect('Location', '/')
      expect((await kept(path)).state).to.equal('draft')
      await ofApprover.get(path).expect(404)
      expect(await mainOf(ofApprover, '/notifications')).to.not.include('Desk agreement')
      expect(await mainOf(ofAuthor, '/notifications')).to.include('Sent back: “Desk agreement”')
      expect(await mainOf(ofAuthor, path)).to.include('It was sent back: The hours are missing')
      expect(await mainOf(ofAuthor, `${path}/review`))
        .to.include('Sent back')
        .and.include('by Pru Approver')
        .and.include('The hours are missing')

      const again = formOn((await ofAuthor.get(`${path}/edit`).expect(200)).text, path)
      await post(ofAuthor, path, { ...again, text: 'Four hours, from 8 to 6.', ...published }).expect(303)
      const approving = formOn((await ofApprover.get(`${path}/review`).expect(200)).text, `${path}/review/approve`)
      await post(ofApprover, `${path}/review/approve`, approving).expect(303).expect('Location', path)
      const page = await mainOf(reader, path)
      expect(page).to.include('from 8 to 6').and.include('reviewed today by Pru Approver').and.not.include('hours are missing')
      expect(await mainOf(reader, `${path}/history`), 'what was approved, without the drafts')
        .to.include('Revision 3')
        .and.not.include('Revision 1')
      await site.services.indexer.settled()
      const found = (await reader.get('/search?q=%22desk+agreement%22&type=article').expect(200)).text
      expect(load(found)('.row--article').text()).to.include('reviewed today by Pru Approver')
      expect(linksOn((await ofApprover.get('/').expect(200)).text)).to.not.include(`${path}/review`)
    })

    it('is not approved by who looked at another text, or twice', async () => {
      const path = await asked('Hosting agreement')
      const seen = formOn((await ofApprover.get(`${path}/review`).expect(200)).text, `${path}/review/approve`)
      const form = formOn((await ofAuthor.get(`${path}/edit`).expect(200)).text, path)
      await post(ofAuthor, path, { ...form, text: 'Five hours.', ...published }).expect(303)
      expect((await post(ofApprover, `${path}/review/approve`, seen).expect(409)).text).to.include(
        'Somebody changed this article while you looked',
      )
      const now = formOn((await ofApprover.get(`${path}/review`).expect(200)).text, `${path}/review/approve`)
      await post(ofApprover, `${path}/review/approve`, now).expect(303)
      await post(ofApprover, `${path}/review/approve`, now).expect(403)
    })

    it('keeps what was approved for its readers until a change to it is approved too', async () => {
      const path = await asked('Network agreement')
      await post(ofApprover, `${path}/review/approve`).expect(303)
      const form = formOn((await ofAuthor.get(`${path}/edit`).expect(200)).text, path)
      await post(ofAuthor, path, { ...form, text: 'Two hours.', 'field-hours': 'Always', summary: 'Faster', ...published }).expect(303)
      expect(await mainOf(ofAuthor, path))
        .to.include('Four hours.')
        .and.include('The change waits for approval')
      expect(await mainOf(reader, path))
        .to.include('Four hours.')
        .and.not.include('Two hours')
      expect(formOn((await ofAuthor.get(`${path}/edit`).expect(200)).text, path)).to.include({
        text: 'Two hours.',
        'field-hours': 'Always',
      })
      const compared = load((await ofApprover.get(`${path}/history/compare?to=waiting`).expect(200)).text)
      expect(compared('del').text()).to.include('Four')
      expect(compared('ins').text()).to.include('Two').and.include('Always')
      await post(
        ofApprover,
        `${path}/review/approve-change`,
        formOn((await ofApprover.get(`${path}/review`)).text, `${path}/review/approve-change`),
      ).expect(303)
      expect(await mainOf(reader, path))
        .to.include('Two hours.')
        .and.include('Always')
      expect(await mainOf(reader, `${path}/history`)).to.include('Faster')
    })

    it('lets its authors withdraw what they asked', async () => {
      const path = await asked('Withdrawn agreement')
      await post(ofAuthor, `${path}/review/withdraw`).expect(303)
      expect(await kept(path))
        .to.include({ state: 'draft' })
        .and.not.have.property('approval')
      await ofApprover.get(path).expect(404)
    })

    it('is handed over when its approver leaves: somebody else is asked, and the one before reads it no more', async () => {
      const elsewhere = await anOrganisation(site)
      const leaver = await aPerson(site, { name: 'Lea Leaver', slug: 'lea-leaver', organisation: elsewhere })
      const write = { ...agreement, title: 'Orphaned agreement', approver: 'Lea Leaver' }
      const path = String((await post(ofAuthor, '/knowledge', write).expect(303)).headers.location)
      const ofLeaver = await site.signInAs(leaver)
      await ofLeaver.get(path).expect(200)
      const keeper = await site.signInAs(await aPerson(site, { organisation: own, roles: ['member', 'partnership administrator'] }))
      const page = '/admin/people/lea-leaver/handover'
      const opened = (await keeper.get(page).expect(200)).text
      expect(opened).to.include('Waiting for their approval').and.include('Orphaned agreement')
      await post(keeper, page, { ...formOn(opened, page), approvals: 'Pru Approver' }).expect(303)
      await ofLeaver.get(path).expect(404)
      expect(await kept(path)).to.include({ approverId: approver._id, state: 'in approval' })
      expect(await mainOf(ofApprover, '/notifications')).to.include('Orphaned agreement')
      await post(ofApprover, `${path}/review/approve`).expect(303)
    })

    it('takes settings that nobody has to approve at once', async () => {
      const path = await asked('Settled agreement')
      await post(ofApprover, `${path}/review/approve`).expect(303)
      const form = formOn((await ofAuthor.get(`${path}/edit`).expect(200)).text, path)
      await post(ofAuthor, path, { ...form, visibility: 'organisation', ...published }).expect(303)
      expect(await kept(path))
        .to.include({ state: 'published', visibility: 'organisation' })
        .and.not.have.property('approval')
      await reader.get(path).expect(404)
      expect(await mainOf(ofApprover, path), 'who approved it').to.include('Four hours')
    })
  })

  it('is asked again in time: at home 30 days before, as due by the job, and one click says that it is still right', async () => {
    const write = { title: 'Tapes', kind: 'how-to', text: 'Change them.', visibility: 'partnership', reviewMonths: '6', ...published }
    const path = String((await post(ofAuthor, '/knowledge', write).expect(303)).headers.location)
    const waits = async () => linksOn((await ofAuthor.get('/').expect(200)).text).includes(`${path}/review`)
    const { reviewDueAt: due } = await kept(path)
    const daysLeft = Math.round(((due?.getTime() ?? 0) - clock.now().getTime()) / dayMs)
    expect(daysLeft).to.be.within(180, 185)
    expect(await waits()).to.equal(false)
    clock.move((daysLeft - 29) * dayMs)
    ofAuthor = await site.signInAs(author)
    expect(await mainOf(ofAuthor, '/')).to.match(/To review within (29|30) days: Tapes/)
    expect(await mainOf(ofAuthor, path)).to.include('months ago by Ada Writer')
    clock.move(30 * dayMs)
    const toldOnce = async () => {
      const about = { kind: 'article-review', subjectId: (await kept(path))._id }
      expect(await site.services.models.notifications.countDocuments(about), 'each reminder once').to.equal(1)
    }
    const runner = aRunner(site, [reviewsDue(site.services)])
    const ask = async () => becomes(site, await site.services.jobs.ask({ id: `due ${clock.now().getTime()}`, name: 'reviews-due' }), 'done')
    runner.start()
    try {
      expect((await ask()).result).to.match(/^[1-9]\d* due for review, owners of [1-9]/)
      await toldOnce()
      expect((await ask()).result).to.match(/^0 due for review/)
      await toldOnce()
    } finally {
      await runner.stop()
    }
    ofAuthor = await site.signInAs(author)
    reader = await site.signInAs(await aPerson(site))
    expect((await kept(path)).state).to.equal('needs review')
    expect(await mainOf(reader, path))
      .to.include('needs review')
      .and.not.include('Still right')
    expect(await mainOf(ofAuthor, '/')).to.include('To review now: Tapes')
    expect(await mainOf(ofAuthor, '/notifications')).to.include('To review now: “Tapes”')
    await post(reader, `${path}/review/still-right`).expect(403)
    await post(ofAuthor, `${path}/review/still-right`).expect(303).expect('Location', path)
    const reviewed = await kept(path)
    expect(reviewed).to.include({ state: 'published', text: 'Change them.' })
    expect(reviewed.reviewDueAt?.getTime()).to.be.greaterThan(clock.now().getTime() + 175 * dayMs)
    expect(await mainOf(reader, path)).to.include('reviewed today by Ada Writer')
    expect(await waits()).to.equal(false)
    ofApprover = await site.signInAs(approver)
  })

  it('waits for everybody in the team that owns it, and for nobody who may not see it', async () => {
    const team = await aTeam(site, own, { name: 'Networks' })
    const member = await site.signInAs(await aPerson(site, { organisation: own, teamIds: [team._id] }))
    const due = { reviewDueAt: clock.now(), owner: { teamId: team._id } }
    await anArticle(site, author, { ...due, title: 'Of the team', slug: 'of-the-team' })
    expect(await mainOf(member, '/')).to.include('To review now: Of the team')
    expect(await mainOf(reader, '/')).to.not.include('To review now')
  })

  describe('what is set aside', () => {
    const write = async (title: string) =>
      String(
        (await post(ofAuthor, '/knowledge', { title, kind: 'how-to', text: 'Old quokka.', visibility: 'partnership', ...published }))
          .headers.location,
      )
    const found = async (query: string) => {
      await site.services.indexer.settled()
      return linksOn((await reader.get(`/search?type=article&${query}`).expect(200)).text)
    }

    it('is found only when it is asked for, and can be brought back', async () => {
      const path = await write('Quokka one')
      expect(await found('q=quokka')).to.include(path)
      const suggested = async () => (await reader.get('/search/suggestions?q=quokka+one').expect(200)).text.includes(path)
      const pinned = { queries: ['first quokka'], spellings: ['first quokka'], changedAt: clock.now(), revision: 1 }
      const records = [{ type: 'article', id: (await kept(path))._id }]
      await site.services.models.pins.create({ _id: 'quokka', ...pinned, records })
      const shown = async () => linksOn((await reader.get('/search?q=first+quokka').expect(200)).text).includes(path)
      await site.services.knownPins.read()
      expect([await suggested(), await shown()], 'twin').to.deep.equal([true, true])
      await post(ofAuthor, `${path}/review/archive`).expect(303)
      expect(await found('q=quokka')).to.not.include(path)
      expect([await suggested(), await shown()]).to.deep.equal([false, false])
      expect(await found('q=quokka&state=archived')).to.include(path)
      expect(await found('q=quokka+state:archived')).to.include(path)
      expect(linksOn((await reader.get('/knowledge').expect(200)).text)).to.not.include(path)
      expect(linksOn((await reader.get('/knowledge?state=archived').expect(200)).text)).to.include(path)
      expect(await mainOf(reader, path)).to.include('archived')
      await ofAuthor.get(`${path}/edit`).expect(403)
      await post(ofAuthor, `${path}/review/bring-back`).expect(303)
      expect(await found('q=quokka')).to.include(path)
      expect((await kept(path)).state).to.equal('needs review')
    })

    it('is found by its title alone while the engine is away, when it is asked for', async () => {
      const path = await write('Quokka away')
      await post(ofAuthor, `${path}/review/archive`).expect(303)
      site.engine.switchOff()
      const plain = async (query: string) => linksOn((await reader.get(`/search?type=article&${query}`).expect(200)).text)
      expect(await plain('q=quokka')).to.not.include(path)
      expect(await plain('q=quokka&state=archived')).to.include(path)
      site.engine.switchOn()
    })

    it('leads to what takes its place, and the other way', async () => {
      const [older, newer] = [await write('Quokka of old'), await write('Quokka of today')]
      const problem = async (by: string) => problemsOn((await post(ofAuthor, `${older}/review/supersede`, { by }).expect(422)).text).by
      expect(await problem('')).to.include('Enter the address or the title')
      expect(await problem(older)).to.include('no other published article')
      await post(ofAuthor, `${older}/review/supersede`, { by: `https://pool.example${newer}` }).expect(303)
      expect(linksOn((await reader.get(older).expect(200)).text)).to.include(newer)
      expect(linksOn((await reader.get(newer).expect(200)).text)).to.include(older)
      await post(ofAuthor, `${older}/review/bring-back`).expect(303)
      expect(await kept(older)).to.not.have.property('supersededById')
    })
  })
})
