import { expect } from 'chai'
import {
  isPossible,
  openStates,
  type RequestState,
  type RequestStep,
  type RequestType,
  requestStates,
  requestSteps,
  requestTypes,
  stateAfter,
  transitions,
} from '../../../server/pooling/requests/requestStates.ts'
import { seededRandom } from '../../support/seededRandom.ts'

/** What must never be, whatever the table says; each is tried on every walk. */
const allowed: Readonly<Record<RequestState, readonly RequestState[]>> = {
  asked: ['matched', 'done', 'withdrawn', 'expired', 'asked'],
  matched: ['under way', 'asked', 'done', 'withdrawn', 'matched'],
  'under way': ['asked', 'done', 'withdrawn', 'under way'],
  done: ['done'],
  withdrawn: ['asked'],
  expired: ['asked'],
}

type Walked = { step: RequestStep; from: RequestState; to: RequestState }

function walk(random: () => number, type: RequestType, length: number, possible = isPossible): Walked[] {
  const walked: Walked[] = []
  let state: RequestState = 'asked'
  for (let taken = 0; taken < length; taken++) {
    const step = requestSteps[Math.floor(random() * requestSteps.length)] as RequestStep
    if (!possible(step, { state, type })) continue
    const to = stateAfter(step, state)
    walked.push({ step, from: state, to })
    state = to
  }
  return walked
}

const forbidden = (walked: readonly Walked[], type: RequestType) =>
  walked.filter(
    ({ step, from, to }) =>
      !allowed[from].includes(to) ||
      (from === 'done' && step !== 'accept answer') ||
      (type === 'work' && (step === 'accept answer' || (to === 'done' && !['matched', 'under way'].includes(from)))),
  )

describe('the states of a request', () => {
  it('are left and reached as the table says, in 12,000 random sequences of events', () => {
    const random = seededRandom(8)
    const reached = new Set<RequestState>()
    for (let sequence = 0; sequence < 12_000; sequence++) {
      const type = requestTypes[sequence % 2] as RequestType
      const walked = walk(random, type, 20)
      expect(forbidden(walked, type)).to.deep.equal([])
      for (const { to } of walked) reached.add(to)
    }
    expect([...reached]).to.have.members([...requestStates])
  })

  it('would be seen to be wrong if any step could be taken from anywhere', () => {
    const walked = walk(seededRandom(8), 'work', 200, () => true)
    expect(forbidden(walked, 'work').length).to.be.greaterThan(10)
  })

  it('belong to somebody: each step has who takes it, and time alone only ends, frees and passes on', () => {
    for (const step of requestSteps) expect(transitions[step].who, step).to.not.be.empty
    const ofTime = requestSteps.filter(step => transitions[step].who.includes('time'))
    expect(ofTime).to.have.members(['expire', 'step back', 'hand over'])
    expect(requestSteps.filter(step => openStates.every(state => transitions[step].from.includes(state)))).to.include('withdraw')
  })
})
