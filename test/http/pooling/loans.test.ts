import { expect } from 'chai'
import { load } from 'cheerio'
import type { SignedInPerson } from '../../../server/access/accessTokens.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import { localDate } from '../../../server/people/absence.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { balancesOf } from '../../../server/pooling/ledger/ledgerBalances.ts'
import type { LedgerEntry } from '../../../server/pooling/ledger/ledgerModel.ts'
import { dayAfter } from '../../../server/pooling/loans/loanDays.ts'
import { stepId } from '../../../server/pooling/loans/loanDeeds.ts'
import type { Loan } from '../../../server/pooling/loans/loanModel.ts'
import { refusalFor } from '../../../server/pooling/loans/loanRoles.ts'
import { type LoanStep, loanSteps, loanTransitions } from '../../../server/pooling/loans/loanTransitions.ts'
import { anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { seededRandom } from '../../support/seededRandom.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const dayMs = 86_400_000

describe('loans', () => {
  const clock = new MovableClock()
  let site: TestSite
  let home: Organisation
  let borrowing: Organisation
  let lent: Account
  let browsers: Record<'lent' | 'manager' | 'homeAdmin' | 'asker' | 'borrowingAdmin' | 'stranger' | 'partnership', Browser>
  let manager: Account

  before(async () => {
    clock.stop()
    site = await startTestSite({ clock })
    home = await anOrganisation(site, { name: 'Cheshire Council', slug: 'cheshire' })
    borrowing = await anOrganisation(site, { name: 'Wirral Council', slug: 'wirral' })
    manager = await aPerson(site, { name: 'Mina Manager', organisation: home })
    const signIn = async (given: Partial<Person> & { organisation?: Organisation }) => site.signInAs(await aPerson(site, given))
    browsers = {
      lent: site.visitor(),
      manager: await site.signInAs(manager),
      homeAdmin: await signIn({ name: 'Hal Home', organisation: home, roles: ['member', 'organisation administrator'] }),
      asker: await signIn({ name: 'Asa Asker', organisation: borrowing }),
      borrowingAdmin: await signIn({ name: 'Bo Borrower', organisation: borrowing, roles: ['member', 'organisation administrator'] }),
      stranger: await signIn({ name: 'Stan Stranger', organisation: borrowing }),
      partnership: await signIn({ name: 'Pat Partner', roles: ['member', 'partnership administrator'] }),
    }
  })
  after(() => site.close())

  beforeEach(async () => {
    lent = await aPerson(site, { name: 'Lena Lent', organisation: home })
    browsers.lent = await site.signInAs(lent)
  })

  const day = (ahead: number) => dayAfter(localDate(clock.now()), ahead)
  const form = (given: object = {}) => ({
    ...{ person: lent.slug, borrower: 'wirral', purpose: 'Move the mail servers.', amount: '3', unit: 'days' },
    ...{ from: day(1), until: day(7), cost: 'recharge', costDetail: '410 pounds a day', ...given },
  })
  const ask = (given: object = {}, by = browsers.asker) => by.post('/loans').type('form').send(form(given))
  const asked = async (given: object = {}, by = browsers.asker) => String((await ask(given, by).expect(303)).headers.location)
  const kept = async (href: string) =>
    (await site.services.models.loans
      .findOne({ _id: href.split('/').at(-1) as string })
      .asSystem('a test looks')
      .lean<Loan>()) as Loan
  async function take(by: Browser, href: string, step: LoanStep, fields: object = {}) {
    const { revision } = await kept(href)
    return by
      .post(`${href}/${stepId(step)}`)
      .type('form')
      .send({ revision, ...fields })
  }
  async function consented(href: string, ...steps: LoanStep[]) {
    for (const step of steps) {
      const by = step.startsWith('person') ? browsers.lent : step.startsWith('home') ? browsers.homeAdmin : browsers.borrowingAdmin
      expect((await take(by, href, step)).status, step).to.equal(303)
    }
  }
  const agreed = async (given: object = {}) => {
    const href = await asked(given)
    await consented(href, 'person consents', 'home consents', 'borrower consents')
    return href
  }
  const entriesOf = (href: string) =>
    site.services.models.ledgerEntries
      .find({ loanId: href.split('/').at(-1) as string })
      .asSystem('a test looks')
      .sort({ at: 1 })
      .lean<LedgerEntry[]>()
  const later = async (days: number, times = 1) => {
    clock.move(days * dayMs)
    await Promise.all(Array.from({ length: times }, () => site.services.dueLoans.fallDue(() => undefined)))
  }
  const textOf = (html: string) => load(html)('main').text().replace(/\s+/g, ' ')

  it('begin when the person, their organisation and the borrower have consented, in this order, and end by themselves', async () => {
    const href = await asked()
    expect((await kept(href)).state).to.equal('proposed')
    expect((await take(browsers.borrowingAdmin, href, 'borrower consents')).status).to.equal(409)
    expect((await take(browsers.homeAdmin, href, 'home consents')).status).to.equal(409)
    await later(1)
    expect((await kept(href)).state, 'nothing begins without the consents').to.equal('proposed')
    await consented(href, 'person consents', 'home consents', 'borrower consents')
    expect((await kept(href)).state).to.equal('agreed')
    await later(0, 4)
    expect((await kept(href)).state).to.equal('running')
    await later(7, 4)
    const loan = await kept(href)
    expect(loan.state).to.equal('ended')
    expect(loan.changes.map(({ step, role }) => `${step}: ${role}`)).to.deep.equal([
      'propose: asker',
      'person consents: person',
      'home consents: home',
      'borrower consents: borrower',
      'start: time',
      'end: time',
    ])
    for (const { at, byId, role } of loan.changes) expect(at !== undefined && (role === 'time') === (byId === undefined)).to.equal(true)
    const entries = await entriesOf(href)
    expect(entries.map(({ sides }) => sides.map(({ minutes }) => minutes))).to.deep.equal([[1332, -1332]])
    expect(loan.ledgerDue).to.equal(undefined)
  })

  it('are for those whom they concern; cost and comments for fewer', async () => {
    const href = await asked()
    expect((await take(browsers.lent, href, 'person consents', { lineManager: 'Mina Manager' })).status).to.equal(303)
    expect((await take(browsers.manager, href, 'home consents', { comment: 'She is tired of it.' })).status).to.equal(303)
    const sees = async (by: Browser) => {
      const { text, status } = await by.get(href)
      return [status, text.includes('410 pounds'), text.includes('tired of it')]
    }
    expect(await sees(browsers.lent)).to.deep.equal([200, false, false])
    expect(await sees(browsers.manager)).to.deep.equal([200, true, true])
    expect(await sees(browsers.homeAdmin)).to.deep.equal([200, true, true])
    expect(await sees(browsers.asker)).to.deep.equal([200, true, false])
    expect(await sees(browsers.borrowingAdmin)).to.deep.equal([200, true, false])
    expect(await sees(browsers.stranger)).to.deep.equal([404, false, false])
    await browsers.stranger.get('/loans').expect(/No loans that concern you/)
    expect((await take(browsers.stranger, href, 'refuse')).status).to.equal(404)
  })

  it('are waited for on the home page of whose turn it is, and told', async () => {
    const href = await asked()
    const waits = async (by: Browser) => linksOn((await by.get('/')).text).includes(href)
    const told = async (by: Browser) => textOf((await by.get('/notifications')).text)
    expect([await waits(browsers.lent), await waits(browsers.homeAdmin)]).to.deep.equal([true, false])
    await browsers.lent.get('/').expect(/Loan waiting for your consent: Lena Lent to Wirral Council/)
    expect(await told(browsers.lent)).to.include('A loan waits for your consent: Lena Lent to Wirral Council')
    await consented(href, 'person consents')
    expect([await waits(browsers.lent), await waits(browsers.homeAdmin)]).to.deep.equal([false, true])
    expect(await told(browsers.lent)).to.not.include('waits for your consent')
    expect(await told(browsers.asker)).to.include('The person consented')
    await consented(href, 'home consents', 'borrower consents')
    expect(await told(browsers.lent)).to.include('The borrowing organisation consented: agreed')
    await browsers.stranger.get('/notifications').expect(/Nothing yet/)
  })

  it('are never in two states: a double click is one, and of two managers one is told that the other was faster', async () => {
    const href = await asked()
    const { revision } = await kept(href)
    const click = () => browsers.lent.post(`${href}/person-consents`).type('form').send({ revision })
    expect((await Promise.all([click(), click(), click()])).map(({ status }) => status)).to.deep.equal([303, 303, 303])
    expect((await kept(href)).changes).to.have.length(2)
    const seen = { revision: (await kept(href)).revision }
    const both = await Promise.all([
      take(browsers.homeAdmin, href, 'home consents', seen),
      take(browsers.partnership, href, 'refuse', seen),
    ])
    expect(both.map(({ status }) => status).sort()).to.deep.equal([303, 409])
    expect((await kept(href)).changes).to.have.length(3)
    const refused = both.find(({ status }) => status === 409)
    expect(textOf(refused?.text ?? '')).to.match(/This loan is (refused|consented by the home organisation) by now/)
  })

  it('are refused by any of the three, and nothing is done to one that is over', async () => {
    const [first, second] = [await asked(), await asked({ from: day(20), until: day(21), amount: '1' })]
    expect((await take(browsers.borrowingAdmin, first, 'refuse', { reason: 'No money.' })).status).to.equal(303)
    expect((await kept(first)).changes.at(-1)).to.include({ step: 'refuse', role: 'borrower', reason: 'No money.' })
    expect((await take(browsers.lent, first, 'person consents')).status).to.equal(409)
    expect((await take(browsers.asker, second, 'withdraw')).status).to.equal(303)
    const { text } = await take(browsers.lent, second, 'person consents').then(answer => answer)
    expect(problemsOn(text).form).to.match(/^This loan is withdrawn by now/)
    expect(load(text)('main form')).to.have.length(0)
  })

  it('need three people: nobody consents in two roles', async () => {
    const href = await asked()
    await consented(href, 'person consents')
    expect((await take(browsers.partnership, href, 'home consents')).status).to.equal(303)
    await browsers.partnership.get(href).expect(/You have consented in another role already/)
    const twice = await take(browsers.partnership, href, 'borrower consents')
    expect([twice.status, problemsOn(twice.text).form]).to.deep.equal([
      409,
      'You have consented to this loan in another role already: somebody else must consent for this organisation.',
    ])
    const boss = await aPerson(site, { name: 'Ada Admin', organisation: home, roles: ['member', 'organisation administrator'] })
    const own = await asked({ person: boss.slug })
    const browser = await site.signInAs(boss)
    expect((await take(browser, own, 'person consents', { lineManager: boss.slug })).status).to.equal(422)
    expect((await take(browser, own, 'person consents')).status).to.equal(303)
    expect((await take(browser, own, 'home consents')).status).to.equal(403)
  })

  it('say what is wrong beside the field, and keep what was typed', async () => {
    const problems = async (given: object, by = browsers.asker) => {
      const { text } = await ask(given, by).expect(422)
      expect(formOn(text, '/loans').purpose).to.equal('Move the mail servers.')
      return problemsOn(text)
    }
    expect(await problems({ person: 'Nobody Here' })).to.have.keys('person')
    expect(await problems({ borrower: 'cheshire' }, browsers.homeAdmin)).to.have.keys('person')
    expect(await problems({ borrower: 'nowhere' })).to.have.keys('borrower')
    expect(await problems({}, await site.signInAs(await aPerson(site)))).to.have.keys('borrower')
    expect(await problems({ from: day(5), until: day(4) })).to.have.keys('until')
    expect(await problems({ from: day(-1) })).to.have.keys('from')
    expect(await problems({ until: day(200) })).to.have.keys('until')
    expect(await problems({ amount: '30' })).to.have.keys('amount')
    expect(await problems({ amount: 'many' })).to.have.keys('amount')
    expect(await problems({ costDetail: '' })).to.have.keys('costDetail')
    expect(await problems({ unit: '', cost: '', from: 'soon' })).to.have.keys('unit', 'cost', 'from')
  })

  it('never overlap, also when two consents come at the same moment', async () => {
    const [one, two] = [await asked(), await asked({ from: day(7), until: day(9), amount: '2' })]
    const answers = await Promise.all([take(browsers.lent, one, 'person consents'), take(browsers.lent, two, 'person consents')])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 422])
    expect(problemsOn((await ask({ from: day(7), until: day(7), amount: '1' }).expect(422)).text).from).to.match(/lent already/)
    const [free] = await Promise.all([kept(one), kept(two)])
    const standing = free.state === 'proposed' ? two : one
    await take(browsers.lent, standing, 'refuse')
    expect((await take(browsers.lent, standing === one ? two : one, 'person consents')).status, 'the days are free again').to.equal(303)
  })

  it('are extended when all three consent again, and end as agreed otherwise', async () => {
    const href = await agreed()
    await later(2)
    const wrong = await take(browsers.asker, href, 'ask to extend', { until: day(3), amount: '1' })
    expect(problemsOn(wrong.text)).to.have.keys('until')
    expect(formOn(wrong.text, `${href}/ask-to-extend`)).to.include({ until: day(3), amount: '1' })
    const until = day(10)
    expect((await take(browsers.asker, href, 'ask to extend', { until, amount: '2' })).status).to.equal(303)
    await consented(href, 'person consents to extension')
    expect(await kept(href)).to.include({ until: day(5), amount: 3 })
    await consented(href, 'home consents to extension', 'borrower consents to extension')
    expect(await kept(href)).to.include({ state: 'running', until, amount: 5 })
    expect((await kept(href)).extension).to.equal(undefined)
    expect((await take(browsers.asker, href, 'ask to extend', { until: day(12), amount: '0' })).status).to.equal(303)
    expect((await take(browsers.lent, href, 'refuse extension')).status).to.equal(303)
    expect(await kept(href)).to.include({ state: 'running', until })
    await take(browsers.asker, href, 'ask to extend', { until: day(12), amount: '0' })
    await later(11)
    expect(await kept(href)).to.include({ state: 'ended', until })
    expect((await entriesOf(href))[0]?.sides[0]?.minutes).to.equal(5 * 7.4 * 60)
  })

  it('are ended early by any of the three, with the hours until then, which a counter-entry puts right', async () => {
    const href = await agreed()
    await later(2)
    expect(problemsOn((await take(browsers.lent, href, 'end early', { hours: '' })).text)).to.have.keys('hours')
    expect((await take(browsers.lent, href, 'end early', { hours: '7,5', reason: 'Ill.' })).status).to.equal(303)
    expect((await entriesOf(href)).map(({ sides }) => sides[0]?.minutes)).to.deep.equal([450])
    const correct = (fields: object, by = browsers.partnership) => by.post(`${href}/correction`).type('form').send(fields)
    await correct({ hours: '8', reason: 'x' }, browsers.homeAdmin).expect(403)
    expect(problemsOn((await correct({ hours: '7.5', reason: '' }).expect(422)).text)).to.have.keys('reason')
    expect(problemsOn((await correct({ hours: '7.5', reason: 'Same.' }).expect(422)).text)).to.have.keys('hours')
    await correct({ hours: '6', reason: '=Counted twice' }).expect(303)
    expect((await entriesOf(href)).map(({ sides }) => sides.map(({ minutes }) => minutes))).to.deep.equal([
      [450, -450],
      [-90, 90],
    ])
    const page = (await browsers.homeAdmin.get('/loans/ledger').expect(200)).text
    expect(textOf(page)).to.include('Cheshire Council to Wirral Council: -1.5 hours')
    const csv = (
      await browsers.homeAdmin
        .get('/loans/ledger.csv')
        .expect(200)
        .expect('content-type', /text\/csv/)
    ).text
    expect(csv).to.include("'=Counted twice")
    const hours = csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map(line => Number(line.split(',')[4]))
    expect(hours.reduce((sum, one) => sum + one, 0)).to.equal(0)
    await browsers.stranger.get('/loans/ledger').expect(/No hours yet/)
    expect((await browsers.stranger.get('/loans/ledger.csv')).text.trim().split('\r\n')).to.have.length(1)
  })

  it('are called off before they begin, and lapse when not all consent in time', async () => {
    const [called, lapsing] = [await agreed(), await asked({ from: day(30), until: day(31), amount: '1' })]
    expect((await take(browsers.homeAdmin, called, 'call off')).status).to.equal(303)
    await consented(lapsing, 'person consents')
    await later(40, 2)
    expect((await kept(called)).state).to.equal('withdrawn')
    expect((await kept(lapsing)).state).to.equal('lapsed')
    expect(await entriesOf(called)).to.deep.equal([])
  })

  it('are settled when the person leaves, and decided without a line manager who does', async () => {
    const running = await agreed({ from: day(0), until: day(3), amount: '4' })
    await later(1)
    const waiting = await asked({ from: day(20), until: day(21), amount: '1' })
    await site.services.leavers.leave(lent)
    expect(await kept(running)).to.include({ state: 'ended', lentHours: 14.8 })
    expect((await entriesOf(running)).map(({ sides }) => sides[0]?.minutes)).to.deep.equal([888])
    expect((await kept(waiting)).state).to.equal('lapsed')
    const boss = await aPerson(site, { name: 'Bea Boss', organisation: home })
    const other = await aPerson(site, { name: 'Ola Other', organisation: home })
    const href = await asked({ person: other.slug })
    expect((await take(await site.signInAs(other), href, 'person consents', { lineManager: 'Bea Boss' })).status).to.equal(303)
    await (await site.signInAs(boss)).get(href).expect(200)
    await site.services.leavers.leave(boss)
    expect(await kept(href)).to.not.have.property('lineManagerId')
    expect((await kept(href)).readers).to.not.include(`person:${boss._id}`)
    expect((await take(browsers.homeAdmin, href, 'home consents')).status).to.equal(303)
  })

  it('are printed as an agreement for those who read them, with the cost for those who read that', async () => {
    const href = await asked()
    await browsers.asker.get(`${href}/agreement.pdf`).expect(404)
    await consented(href, 'person consents', 'home consents', 'borrower consents')
    const { body, headers } = await browsers.asker.get(`${href}/agreement.pdf`).expect(200)
    expect([headers['content-type'], (body as Buffer).subarray(0, 5).toString()]).to.deep.equal(['application/pdf', '%PDF-'])
    expect((body as Buffer).toString('latin1').match(/\/Type \/Page\b/g)).to.have.length(1)
    expect(headingOf((await browsers.asker.get(href)).text)).to.equal('Lena Lent to Wirral Council')
    await browsers.stranger.get(`${href}/agreement.pdf`).expect(404)
  })

  it('stay as the table allows and sum to zero, whatever several people do at once', async () => {
    const random = seededRandom(88)
    const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const administrator = (organisation: Organisation) => aPerson(site, { organisation, roles: ['member', 'organisation administrator'] })
    const partnership = asReader(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    const asker = asReader(await aPerson(site, { organisation: borrowing, roles: ['member', 'coordinator'] }))
    const others = [asReader(await administrator(home)), asReader(await administrator(borrowing)), partnership, asker, asReader(manager)]
    const states = new Set<string>()
    for (let sequence = 0; sequence < 24; sequence++) {
      const person = await site.services.people.create({ name: 'Somebody Lent', organisationId: home._id })
      const loanOf = await site.services.loans.propose(asker, {
        ...{ personId: person._id, homeOrganisationId: home._id, borrowingOrganisationId: borrowing._id, askerAnswers: true },
        ...{ purpose: 'Anything.', amount: 2, unit: 'days', from: day(0), until: day(4), cost: { rule: 'free' } },
      })
      const href = `/loans/${loanOf._id}`
      const everybody = [asReader(person), ...others]
      for (let round = 0; round < 6; round++) {
        const standing = await kept(href)
        const { revision, state } = standing
        const onward = loanSteps.filter(step => loanTransitions[step].from.includes(state) && !loanTransitions[step].who.includes('time'))
        const attempt = (step: LoanStep, by: SignedInPerson) => {
          const extension = step === 'ask to extend' ? { extension: { until: day(9), amount: 1 } } : {}
          return site.services.loans.take(by, loanOf._id, step, { revision, ...extension })
        }
        const next = onward[0]
        const willing = next === undefined ? undefined : everybody.find(by => refusalFor(by, next, standing) === undefined)
        const tried = [attempt(any(loanSteps), any(everybody)), attempt(next ?? any(loanSteps), any(everybody))]
        if (next !== undefined && willing !== undefined) tried.push(attempt(next, willing))
        await Promise.allSettled(tried)
        if (random() < 0.3) await later(0, 2)
      }
      if (random() < 0.5) await later(12, 2)
      const loan = await kept(href)
      expect(faultsIn(loan), JSON.stringify(loan.changes)).to.deep.equal([])
      expect(await entriesOf(href)).to.have.length(loan.state === 'ended' ? 1 : 0)
      for (const { to } of loan.changes) states.add(to)
    }
    expect([...states]).to.include.members(['agreed', 'running', 'extension asked', 'ended'])
    const entries = await site.services.ledger.list(partnership)
    expect(entries.flatMap(({ sides }) => sides).reduce((sum, { minutes }) => sum + minutes, 0)).to.equal(0)
    expect(balancesOf(entries).reduce((sum, { balance }) => sum + balance, 0)).to.equal(0)
  })

  it('are seen to be wrong when a change is missing, forged or without its person', async () => {
    const loan = await kept(await agreed())
    expect(faultsIn(loan)).to.deep.equal([])
    const [first, second, ...rest] = loan.changes
    expect(faultsIn({ ...loan, changes: [first!, ...rest] })).to.include(
      'consented by the person came before home consents, after proposed',
    )
    expect(faultsIn({ ...loan, changes: [first!, { ...second!, to: 'running' }, ...rest] })[0]).to.equal('person consents led to running')
    const { byId: _none, ...nobodys } = second!
    expect(faultsIn({ ...loan, changes: [first!, nobodys, ...rest] })).to.deep.equal(['nobody did person consents'])
  })
})

/** What of the history does not follow from the table, or is without who and when. */
function faultsIn({ changes, state, revision }: Loan): string[] {
  const faults = changes.flatMap((change, place) => {
    const { step, from, to, role, byId, at } = change
    if (step === 'propose') return place === 0 && byId !== undefined ? [] : ['asked for in the middle']
    const before = changes[place - 1]?.to
    return [
      ...(from === before ? [] : [`${from} came before ${step}, after ${before}`]),
      ...(loanTransitions[step].to === to ? [] : [`${step} led to ${to}`]),
      ...(from !== undefined && loanTransitions[step].from.includes(from) ? [] : [`${step} began at ${from}`]),
      ...(loanTransitions[step].who.includes(role) ? [] : [`${role} did ${step}`]),
      ...((byId === undefined) === (role === 'time') && at !== undefined ? [] : [`nobody did ${step}`]),
    ]
  })
  return [...faults, ...(changes.at(-1)?.to === state && revision === changes.length ? [] : [`${state} at revision ${revision}`])]
}
