import { expect } from 'chai'
import type { SignedInPerson } from '../../../server/access/accessTokens.ts'
import { Failure } from '../../../server/failures.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { HelpRequest } from '../../../server/pooling/requests/requestModel.ts'
import { type RequestStep, requestTypes, stateAfter, transitions } from '../../../server/pooling/requests/requestStates.ts'
import { newId } from '../../../server/storage/newId.ts'
import { aPerson, aRequest, asReader } from '../../support/builders.ts'
import { seededRandom } from '../../support/seededRandom.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const sequences = 40
const rounds = 5

describe('requests on which several people work at once', () => {
  let site: TestSite
  let asker: Person
  let others: Person[]
  const random = seededRandom(2026)
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T

  before(async () => {
    site = await startTestSite()
    asker = await aPerson(site)
    others = [
      await aPerson(site, { requestLimit: 20 }),
      await aPerson(site, { requestLimit: 20 }),
      await aPerson(site, { requestLimit: 20 }),
    ]
  })
  after(() => site.close())

  const now = async ({ _id }: Pick<HelpRequest, '_id'>) =>
    (await site.services.models.requests.findById(_id).asSystem('a test looks').lean<HelpRequest>()) as HelpRequest

  function deed(request: HelpRequest, answerIds: readonly string[]): (() => Promise<unknown>)[] {
    const { requestSteps, requestInvitations, answers } = site.services
    const person: SignedInPerson = asReader(one([asker, asker, ...others]))
    const step = one<RequestStep>(['start', 'step back', 'finish', 'withdraw', 'ask again', 'accept'])
    const unset = step === 'step back' || step === 'ask again' ? { unset: ['helperId' as const] } : {}
    const deeds = [
      async () => requestSteps.take(step, await now(request), step === 'accept' ? { party: 'time' } : { person }, unset),
      () => requestInvitations.invite(person, request.slug, [one(others).slug]),
      () => requestInvitations.accept(person, request.slug),
      () => requestInvitations.decline(person, request.slug),
      () => answers.accept(person, request.slug, one(answerIds)),
    ]
    const chosen = one(deeds)
    // A double click.
    return random() < 0.3 ? [chosen, chosen] : [chosen]
  }

  it(`are in one state at a time, with who and when in the history, in ${sequences} random sequences`, async () => {
    let taken = 0
    for (let sequence = 0; sequence < sequences; sequence++) {
      const request = await aRequest(site, asker, { type: one(requestTypes) })
      const answerIds = [newId(), newId()]
      for (const id of answerIds) await site.services.answers.answer(asReader(one(others)), request.slug, { id, text: 'So.' })
      for (let round = 0; round < rounds; round++) {
        const atOnce = [deed(request, answerIds), deed(request, answerIds), deed(request, answerIds)].flat()
        for (const done of await Promise.allSettled(atOnce.map(each => each())))
          if (done.status === 'rejected') expect(done.reason, String(done.reason)).to.be.instanceOf(Failure)
      }
      taken += check(await now(request))
    }
    expect(taken, 'steps taken').to.be.greaterThan(sequences / 2)
  })

  function check({ state, type, changes, helperId, invitations }: HelpRequest): number {
    const [first, ...later] = changes
    expect(first).to.include({ step: 'ask', to: 'asked', byId: asker._id })
    let before = first?.to
    for (const { step, from, to, byId, at } of later) {
      const { from: possible, type: only } = transitions[step as RequestStep]
      expect(from, 'each begins where the last ended').to.equal(before)
      expect(possible, step).to.include(from)
      expect(to).to.equal(stateAfter(step as RequestStep, from ?? 'asked'))
      expect(only === undefined || only === type).to.equal(true)
      expect(byId, step).to.be.a('string')
      expect(at).to.be.instanceOf(Date)
      before = to
    }
    expect(before).to.equal(state)
    if (state === 'matched' || state === 'under way') expect(helperId).to.be.a('string')
    if (state === 'asked') expect(helperId).to.equal(undefined)
    else expect(invitations.filter(invitation => invitation.state === 'invited')).to.deep.equal([])
    return later.length
  }
})
