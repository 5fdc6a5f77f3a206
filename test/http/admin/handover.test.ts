import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aTeam } from '../../support/builders.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }

// biome-ignore lint/suspicious/noThenProperty: the name of the form's buttons; never a function
const published = { then: 'publish' }

const wordsOf = (html: string) => load(html)('main').text().replace(/\s+/g, ' ')

describe('handing over what somebody owns', () => {
  let site: TestSite
  let own: Organisation
  let other: Organisation
  let team: Team
  let ann: Account
  let ben: Account
  let browser: Browser
  let howTo: Article
  let draft: Article

  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  beforeEach(async () => {
    own = await anOrganisation(site)
    other = await anOrganisation(site)
    team = await aTeam(site, own, { name: 'Hosting team' })
    ann = await aPerson(site, { name: 'Ann Leaver', organisation: own, sourceId: `ann-${own._id}` })
    ben = await aPerson(site, { name: 'Ben Cole', organisation: own })
    browser = await site.signInAs(await aPerson(site, { organisation: own, roles: ['member', 'organisation administrator'] }))
    howTo = await anArticle(site, ann, { title: 'Restoring one file', visibility: 'organisation' })
    draft = await anArticle(site, ann, { title: 'Half a thought', state: 'draft' })
  })

  const page = ({ slug }: Person = ann) => `/admin/people/${slug}/handover`
  const opened = async (person: Person = ann, by = browser) => formOn((await by.get(page(person)).expect(200)).text, page(person))
  const send = (fields: object, person: Person = ann, by = browser) => by.post(page(person)).type('form').send(fields)
  const answered = async (fields: object, person: Person = ann, by = browser) =>
    send({ ...(await opened(person, by)), ...fields }, person, by)
  const article = async ({ _id }: Article) =>
    (await site.services.models.articles.findOne({ _id }).asSystem('a test looks').lean<Article>()) as Article
  const person = async ({ _id }: Person) => (await site.services.people.byId(_id)) as Person
  const allToBen = { articles: 'Ben Cole', drafts: 'Ben Cole', leaves: 'yes' }

  /** The work breaks off when something is done for the nth time, as if the process had ended there. */
  function breakOff<O extends object>(object: O, method: keyof O & string, nth: number): () => void {
    const real = (object[method] as (...given: unknown[]) => unknown).bind(object)
    let times = 0
    const broken = (...given: unknown[]) => {
      times += 1
      if (times >= nth) throw new Error('the process ended here')
      return real(...given)
    }
    Object.defineProperty(object, method, { value: broken, configurable: true })
    return () => Reflect.deleteProperty(object, method)
  }

  describe('somebody leaves', () => {
    it('shows what they own by kind, hands it over, and they are found by nobody and cannot sign in', async () => {
      const annsBrowser = await site.signInAs(ann)
      const { text } = await browser.get(page()).expect(200)
      expect(wordsOf(text)).to.include('Published articles (1)').and.include('Restoring one file').and.include('Drafts (1)')
      await answered({ ...allToBen, drafts: team.name }).then(({ status }) => expect(status).to.equal(303))
      expect((await article(howTo)).owner).to.deep.equal({ personId: ben._id })
      expect((await article(draft)).owner).to.deep.equal({ teamId: team._id })
      expect((await article(draft)).readers)
        .to.include(`team:${team._id}`)
        .and.not.include(`person:${ben._id}`)
      expect((await article(howTo)).readers).to.include(`person:${ben._id}`)
      expect(await person(ann)).to.deep.include({ status: 'left', readers: [] })
      await annsBrowser.get('/people').expect(302)
      await site.visitor().post('/sign-in').type('form').send({ email: ann.email, password: 'a long enough password' }).expect(422)
      const told = wordsOf((await browser.get(`/admin/people/${ann.slug}`).expect(200)).text)
      expect(told).to.include('Published articles: 1 now with Ben Cole.').and.include('Drafts: 1 now with Hosting team.')
      expect(told).to.include('Ann Leaver is marked as left')
      await browser.get(`/people/${ann.slug}`).expect(404)
    })

    it('leaves what was written as it was, with the names of those who wrote it', async () => {
      const before = await article(howTo)
      await answered(allToBen)
      const after = await article(howTo)
      expect(after).to.deep.include({ authorIds: [ann._id], text: before.text, updatedAt: before.updatedAt })
      const reader = await site.signInAs(ben)
      const { text } = await reader.get(`/knowledge/${howTo.slug}`).expect(200)
      expect(wordsOf(text)).to.include('Ann Leaver')
      expect(linksOn(text)).to.include(`/people/${ben.slug}`).and.not.include(`/people/${ann.slug}`)
      expect(wordsOf((await reader.get(`/search?q=${encodeURIComponent('Ann Leaver')}&type=person`)).text)).to.not.include('Ann Leaver ·')
    })

    it('wants somebody named or nobody ticked for each kind, beside the field, and keeps what was typed', async () => {
      const { status, text } = await answered({ articles: 'Ben Cole', articlesNobody: 'yes', leaves: 'yes' })
      expect(status).to.equal(422)
      expect(problemsOn(text)).to.deep.equal({
        articles: 'Name somebody, or tick that there is nobody yet: not both',
        drafts: 'Name who receives them, or tick that there is nobody yet',
      })
      expect(formOn(text, page())).to.include({ articles: 'Ben Cole', articlesNobody: 'yes' })
      expect(await person(ann)).to.include({ status: 'active' })
    })

    it('may leave things with nobody yet: they are listed for administrators of the organisation until somebody has them', async () => {
      await answered({ articlesNobody: 'yes', drafts: 'Ben Cole', leaves: 'yes' }).then(({ status }) => expect(status).to.equal(303))
      expect((await article(howTo)).owner).to.deep.equal({ personId: ann._id })
      const { text } = await browser.get('/admin/handover').expect(200)
      expect(linksOn(text)).to.include(page()).and.include(`/knowledge/${howTo.slug}`)
      expect(wordsOf(text)).to.include('Published articles: 1').and.include('Ann Leaver has left')
      expect(wordsOf((await browser.get(`/knowledge/${howTo.slug}`)).text)).to.include('Nobody at present: Ann Leaver has left')
      await answered({ articles: 'Ben Cole' }).then(({ status }) => expect(status).to.equal(303))
      expect(wordsOf((await browser.get('/admin/handover')).text)).to.include('Every article that you keep has an owner')
    })

    it('can be let back in: as they were, with a link for a new password', async () => {
      const annsBrowser = await site.signInAs(ann)
      await answered(allToBen)
      const left = await browser.get('/admin/people?who=left').expect(200)
      expect(linksOn(left.text)).to.include(`/admin/people/${ann.slug}`)
      expect(linksOn((await browser.get('/admin/people')).text)).to.not.include(`/admin/people/${ann.slug}`)
      await browser.post(`/admin/people/${ann.slug}/link`).expect(409)
      await browser.post(`/admin/people/${ann.slug}/suspend`).expect(409)
      const { text } = await browser.post(`/admin/people/${ann.slug}/return`).expect(200)
      expect(await person(ann)).to.deep.include({ status: 'active', readers: ['partnership'] })
      await annsBrowser.get('/people').expect(302)
      const link = /\/links\/[\w-]+/.exec(text)?.[0] ?? ''
      await site.visitor().get(link).expect(200)
      await browser.post(`/admin/people/${ann.slug}/return`).expect(200)
      await site.visitor().post('/sign-in').type('form').send({ email: ann.email, password: 'a long enough password' }).expect(422)
    })

    it('can be somebody who was suspended before', async () => {
      await browser.post(`/admin/people/${ann.slug}/suspend`).expect(303)
      await answered(allToBen).then(({ status }) => expect(status).to.equal(303))
      expect(await person(ann)).to.include({ status: 'left' })
      await browser.post(`/admin/people/${ann.slug}/return`).expect(200)
      expect(wordsOf((await browser.get(`/admin/people/${ann.slug}`)).text)).to.include('Invited')
    })
  })

  describe('broken off in the middle', () => {
    const points: [string, (services: TestSite['services']) => () => void][] = [
      ['before the first article', ({ articleOwners }) => breakOff(articleOwners, 'give', 1)],
      ['between two articles', ({ articleOwners }) => breakOff(articleOwners, 'give', 2)],
      ['before the person is marked as left', ({ leavers }) => breakOff(leavers, 'leave', 1)],
      ['before the account is closed', ({ models }) => breakOff(models.accounts, 'updateOne', 1)],
      ['before the sign-ins are ended', ({ models }) => breakOff(models.signIns, 'deleteMany', 1)],
    ]
    for (const [where, broken] of points) {
      it(`${where}, nothing is lost, nobody who left gets in, and asking once more completes it`, async () => {
        const annsBrowser = await site.signInAs(ann)
        const mend = broken(site.services)
        await answered(allToBen).then(({ status }) => expect(status).to.equal(500))
        mend()
        site.logged.length = 0
        for (const record of [howTo, draft]) expect([ann._id, ben._id]).to.include((await article(record)).owner.personId)
        await annsBrowser.get('/people').expect((await person(ann)).status === 'left' ? 302 : 200)
        const { text } = await browser.get(page()).expect(200)
        if (load(text)('main form').length > 0) await send({ ...formOn(text, page()), ...allToBen }).expect(303)
        for (const record of [howTo, draft]) expect((await article(record)).owner).to.deep.equal({ personId: ben._id })
        expect(await person(ann)).to.include({ status: 'left' })
        await annsBrowser.get('/people').expect(302)
        const account = await site.services.models.accounts.findById(ann._id).lean()
        expect(account).to.not.have.property('passwordHash')
      })
    }
  })

  describe('without leaving', () => {
    it('hands over only what somebody is named for', async () => {
      await answered({ drafts: ben.slug, leaves: 'no' }).then(({ status }) => expect(status).to.equal(303))
      expect((await article(howTo)).owner).to.deep.equal({ personId: ann._id })
      expect((await article(draft)).owner).to.deep.equal({ personId: ben._id })
      expect(await person(ann)).to.include({ status: 'active' })
      const { text } = await answered({ leaves: 'no' })
      expect(problemsOn(text)).to.deep.equal({ articles: 'Name who receives them, here or below' })
    })

    it('is what an administrator can do of their own, who cannot mark themselves as left', async () => {
      const olive = await aPerson(site, { organisation: own, roles: ['member', 'organisation administrator'] })
      const olives = await site.signInAs(olive)
      const mine = await anArticle(site, olive)
      const { status, text } = await answered({ articles: 'Ben Cole', leaves: 'yes' }, olive, olives)
      expect(status).to.equal(409)
      expect(problemsOn(text).form).to.include('cannot mark yourself')
      await answered({ articles: 'Ben Cole', leaves: 'no' }, olive, olives).then(answer => expect(answer.status).to.equal(303))
      expect((await article(mine)).owner).to.deep.equal({ personId: ben._id })
    })
  })

  describe('who may receive', () => {
    const refused = async (name: string) => {
      const { status, text } = await answered({ articles: name, draftsNobody: 'yes', leaves: 'yes' })
      expect(status).to.equal(422)
      expect(formOn(text, page())).to.include({ articles: name })
      return problemsOn(text).articles
    }

    it('is not whoever leaves, not who has left, not who is suspended, not somebody elsewhere, and not nobody', async () => {
      await aPerson(site, { name: 'Gone Before', organisation: own, status: 'left', readers: [] })
      const shut = await aPerson(site, { name: 'Shut Out', organisation: own })
      await browser.post(`/admin/people/${shut.slug}/suspend`).expect(303)
      await aPerson(site, { name: 'Far Away', organisation: other })
      expect(await refused('Ann Leaver')).to.equal("These are Ann Leaver's already. Name somebody else")
      expect(await refused('Gone Before')).to.equal('Gone Before has left. Name somebody else')
      expect(await refused('Shut Out')).to.equal('Shut Out is suspended. Name somebody else')
      expect(await refused('Far Away')).to.equal('Far Away is of another organisation. Name somebody of the same one')
      expect(await refused('Nobody Such')).to.include('There is no “Nobody Such” here')
      expect(await refused('???')).to.include('There is no “???” here')
    })

    it('is told apart by the address of the profile when several have the name', async () => {
      const second = await aPerson(site, { name: 'Ben Cole', organisation: own })
      expect(await refused('Ben Cole')).to.include('2 people are called “Ben Cole”')
      await answered({ ...allToBen, articles: second.slug, drafts: second.slug }).then(({ status }) => expect(status).to.equal(303))
      expect((await article(howTo)).owner).to.deep.equal({ personId: second._id })
    })

    it('tells nothing of somebody who left elsewhere', async () => {
      await aPerson(site, { name: 'Gone Elsewhere', organisation: other, status: 'left', readers: [] })
      expect(await refused('Gone Elsewhere')).to.include('There is no “Gone Elsewhere” here')
    })
  })

  describe('two at once', () => {
    it('sends the same twice without harm, also while the first is half done', async () => {
      const form = { ...(await opened()), ...allToBen }
      const { articleOwners, handovers } = site.services
      const give = articleOwners.give.bind(articleOwners)
      const handOver = handovers.handOver.bind(handovers)
      let times = 0
      const again = new Promise<void>(resolve => {
        handovers.handOver = (...asked) => {
          times += 1
          if (times === 2) resolve()
          return handOver(...asked)
        }
      })
      let second: Promise<{ status: number }> | undefined
      articleOwners.give = async (...given) => {
        const isGiven = await give(...given)
        second ??= send(form).then(answer => answer)
        await again
        return isGiven
      }
      try {
        expect((await send(form)).status).to.equal(303)
        expect((await second)?.status).to.equal(303)
      } finally {
        Reflect.deleteProperty(articleOwners, 'give')
        Reflect.deleteProperty(handovers, 'handOver')
      }
      await send(form).expect(303)
      expect((await article(howTo)).owner).to.deep.equal({ personId: ben._id })
      expect(await person(ann)).to.include({ status: 'left' })
    })

    it('tells the second administrator when the first handed over something else meanwhile, with what was typed still there', async () => {
      const eve = await aPerson(site, { name: 'Eve Other', organisation: own })
      const form = { ...(await opened()), articles: 'Eve Other', drafts: 'Eve Other', leaves: 'yes' }
      await answered({ drafts: 'Ben Cole', leaves: 'no' }).then(({ status }) => expect(status).to.equal(303))
      const { text } = await send(form).expect(409)
      expect(problemsOn(text).form).to.include('was changed while you had this open')
      const again = formOn(text, page())
      expect(again).to.include({ articles: 'Eve Other' })
      await send({ ...again, leaves: 'yes' }).expect(303)
      expect((await article(howTo)).owner).to.deep.equal({ personId: eve._id })
      expect((await article(draft)).owner).to.deep.equal({ personId: ben._id })
    })

    it('lets whoever has the article open not bring the owner back', async () => {
      const writer = await site.signInAs(ben)
      await anArticle(site, ann, { title: 'Open elsewhere', slug: `open-${ann._id}`, authorIds: [ann._id, ben._id] })
      const path = `/knowledge/open-${ann._id}`
      const form = formOn((await writer.get(`${path}/edit`).expect(200)).text, path)
      await answered({ articles: team.name, draftsNobody: 'yes', leaves: 'yes' }).then(({ status }) => expect(status).to.equal(303))
      const { text } = await writer
        .post(path)
        .type('form')
        .send({ ...form, text: 'Mine.', ...published })
        .expect(409)
      expect(wordsOf(text)).to.include('Hosting team')
    })
  })

  describe('places and cover', () => {
    it('are handed over too: contacts of organisations and teams, by id or as imported, and cover for absences', async () => {
      const { organisations, teams } = site.services.models
      await organisations.updateOne(
        { _id: own._id },
        { $set: { callOrder: [{ contact: { personId: ann._id }, cover: { personId: ben._id } }] } },
      )
      await teams.updateOne(
        { _id: team._id },
        { $set: { callOrder: [{ contact: { name: 'Desk', phone: '1' }, cover: { sourceId: ann.sourceId } }] } },
      )
      await organisations.updateOne({ _id: other._id }, { $set: { callOrder: [{ contact: { personId: ann._id } }] } })
      const away = await aPerson(site, {
        name: 'Abe Away',
        organisation: own,
        absence: { from: '2020-01-01', until: '2999-01-01', coverId: ann._id },
      })
      const { text } = await browser.get(page()).expect(200)
      expect(wordsOf(text)).to.include('Named to be called (2)').and.include('Cover for colleagues who are away (1)')
      expect(wordsOf(text)).to.include(`${own.name}: the first point of contact`).and.include('cover for the first point of contact')
      const self = await answered({ ...allToBen, contacts: ben.slug, covers: 'Abe Away' })
      expect(problemsOn(self.text)).to.deep.equal({ covers: 'Abe Away would stand in for themselves. Name somebody else' })
      await answered({ ...allToBen, contacts: ben.slug, covers: ben.slug }).then(({ status }) => expect(status).to.equal(303))
      const orders = await Promise.all([
        organisations.findOne({ _id: own._id }).asSystem('a test looks').lean<Organisation>(),
        teams.findOne({ _id: team._id }).asSystem('a test looks').lean<Team>(),
        organisations.findOne({ _id: other._id }).asSystem('a test looks').lean<Organisation>(),
      ])
      expect(orders.map(record => record?.callOrder)).to.deep.equal([
        [{ contact: { personId: ben._id } }],
        [{ contact: { name: 'Desk', phone: '1' }, cover: { personId: ben._id } }],
        [{ contact: { personId: ann._id } }],
      ])
      expect((await person(away)).absence?.coverId).to.equal(ben._id)
    })

    it('may be left with nobody yet, of which “Who to call” warns', async () => {
      await site.services.models.teams.updateOne({ _id: team._id }, { $set: { callOrder: [{ contact: { personId: ann._id } }] } })
      await answered({ ...allToBen, contactsNobody: 'yes' }).then(({ status }) => expect(status).to.equal(303))
      expect(wordsOf((await browser.get('/organisations/contacts')).text)).to.include(
        'Hosting team names somebody who left or is suspended.',
      )
      expect(wordsOf((await browser.get('/admin/handover')).text)).to.include('Named to be called: 1')
    })
  })

  describe('whose', () => {
    it('is for administrators who keep the account: to others the page is not there', async () => {
      const elsewhere = await site.signInAs(await aPerson(site, { organisation: other, roles: ['member', 'organisation administrator'] }))
      const missing = (await elsewhere.get('/admin/people/there-is-none/handover').expect(404)).text
      await answered(allToBen)
      const hidden = (await elsewhere.get(page()).expect(404)).text
      const wordsWithout = (html: string) => wordsOf(html).replace(/[0-9a-f-]{8,}/g, '')
      expect(wordsWithout(hidden)).to.equal(wordsWithout(missing))
      await elsewhere.get(`/admin/people/${ann.slug}`).expect(404)
      await elsewhere.post(`/admin/people/${ann.slug}/return`).expect(404)
      await send(allToBen, ann, elsewhere).expect(404)
      await send(allToBen, ann, await site.signInAs(ben)).expect(403)
      expect(wordsOf((await elsewhere.get('/admin/people?who=left')).text)).to.not.include('Ann Leaver')
      expect(wordsOf((await elsewhere.get('/admin/handover')).text)).to.not.include('Ann Leaver')
    })

    it('counts what an administrator of the partnership may hand over and not read, without its title', async () => {
      const priya = await site.signInAs(await aPerson(site, { organisation: other, roles: ['member', 'partnership administrator'] }))
      const { text } = await priya.get(page()).expect(200)
      expect(wordsOf(text)).to.include('Drafts (1)').and.include('1 of them is not shared with you').and.not.include('Half a thought')
      await answered(allToBen, ann, priya).then(({ status }) => expect(status).to.equal(303))
      expect((await article(draft)).owner).to.deep.equal({ personId: ben._id })
    })

    it('keeps articles of another organisation out of the hands of an administrator who may not change them, and lists them there', async () => {
      const moved = await anArticle(site, ann, { title: 'From before', organisationId: other._id, state: 'draft' })
      expect(wordsOf((await browser.get(page())).text))
        .to.include('Drafts (1)')
        .and.not.include('From before')
      await answered(allToBen)
      expect((await article(moved)).owner).to.deep.equal({ personId: ann._id })
      const keeper = await site.signInAs(await aPerson(site, { organisation: other, roles: ['member', 'organisation administrator'] }))
      expect(linksOn((await keeper.get('/admin/handover')).text)).to.include(`/knowledge/${moved.slug}/edit`)
      const path = `/knowledge/${moved.slug}`
      const form = formOn((await keeper.get(`${path}/edit`).expect(200)).text, path)
      await keeper
        .post(path)
        .type('form')
        .send({ ...form, owner: '@writer' })
        .expect(303)
      expect((await article(moved)).owner.personId).to.not.equal(ann._id)
      expect(linksOn((await keeper.get('/admin/handover')).text)).to.not.include(`/knowledge/${moved.slug}/edit`)
    })
  })

  it('is a job when it is much, with its progress on the page, and one at a time', async () => {
    for (let more = 0; more < 205; more++) await anArticle(site, ann, { title: `Note ${more}` })
    const form = { ...(await opened()), ...allToBen }
    await send(form).expect(303).expect('Location', page())
    const waits = await browser.get(page()).expect(200)
    expect(wordsOf(waits.text)).to.include('This page is loaded again every few seconds')
    await send({ ...form, articles: team.name }).expect(409)
    await site.services.jobRunner.workOff()
    expect((await article(howTo)).owner).to.deep.equal({ personId: ben._id })
    expect(await person(ann)).to.include({ status: 'left' })
    const { text } = await browser.get(page()).expect(200)
    expect(wordsOf(text)).to.include('Published articles: 206 now with Ben Cole.')
    expect(headingOf(text)).to.equal('What Ann Leaver owns')
  })

  it('is found by nobody but administrators: the twin of what the pages above hide', async () => {
    await answered({ articlesNobody: 'yes', draftsNobody: 'yes', leaves: 'yes' })
    expect(wordsOf((await browser.get('/admin/handover')).text))
      .to.include('Ann Leaver')
      .and.include('Half a thought')
  })
})
