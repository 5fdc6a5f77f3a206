import { expect } from 'chai'
import {
  consentsOfRound,
  type GivenConsent,
  isOver,
  type LoanState,
  type LoanStep,
  type LoanTable,
  loanStates,
  loanSteps,
  loanTransitions,
  parties,
  type Role,
  refusalOf,
  type Standing,
} from '../../../server/pooling/loans/loanTransitions.ts'
import { seededRandom } from '../../support/seededRandom.ts'

interface Walked extends Standing {
  steps: LoanStep[]
}

const people: readonly { id?: string; roles: Role[] }[] = [
  { id: 'lent', roles: ['person'] },
  { id: 'manager', roles: ['home'] },
  { id: 'both', roles: ['home', 'borrower'] },
  { id: 'asker', roles: ['borrower', 'asker'] },
  { id: 'stranger', roles: [] },
  { roles: ['time'] },
]

function after(loan: Walked, step: LoanStep, id: string | undefined, table: LoanTable): Walked {
  const { to, consentOf } = table[step]
  const given: GivenConsent[] = consentOf === undefined || id === undefined ? [] : [{ party: consentOf, byId: id, at: new Date(0) }]
  const consents = [...consentsOfRound(loan), ...given]
  const steps = [...loan.steps, step]
  if (step === 'ask to extend') return { state: to, consents: loan.consents, extension: { consents: [] }, steps }
  if (loan.state.startsWith('extension'))
    return { state: to, consents: loan.consents, ...(to.startsWith('extension') ? { extension: { consents } } : {}), steps }
  return { state: to, consents, steps }
}

const inWork: readonly LoanState[] = loanStates.filter(state => state === 'agreed' || state === 'running' || state.startsWith('extension'))

/** What must never be, in words. */
function forbidden(before: Walked, loan: Walked): string | undefined {
  const given = loan.consents.map(({ party }) => party)
  const givers = new Set(loan.consents.map(({ byId }) => byId))
  if (isOver(before.state)) return `${before.state} went on`
  if (inWork.includes(loan.state) && given.join() !== parties.join())
    return `${loan.state} with the consents of ${given.join(', ') || 'nobody'}`
  if (givers.size !== loan.consents.length) return 'one person consented twice'
  if (loan.state === 'running' && !loan.steps.includes('start')) return 'running without a beginning'
  const extended = loan.steps.at(-1) === 'borrower consents to extension'
  if (extended && before.extension?.consents.length !== 2) return 'extended without the consents of all'
  return undefined
}

/** Most sequences of any steps end soon: most of those tried here do not end it. */
const isOnward = (step: LoanStep, table: LoanTable) => table[step].consentOf !== undefined || step === 'start' || step === 'ask to extend'

/** Random people try random steps. @returns what went wrong first, and which states were seen */
function walk(seed: number, walks: number, table: LoanTable) {
  const random = seededRandom(seed)
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const seen = new Set<LoanState>()
  for (let number = 0; number < walks; number++) {
    let loan: Walked = { state: 'proposed', consents: [], steps: [] }
    for (let events = 0; events < 40; events++) {
      const onwards = loanSteps.filter(step => isOnward(step, table) && table[step].from.includes(loan.state))
      const [step, actor] = [any(random() < 0.9 && onwards.length > 0 ? onwards : loanSteps), any(people)]
      if (refusalOf(step, loan, actor, table) !== undefined) continue
      const next = after(loan, step, actor.id, table)
      const wrong = forbidden(loan, next)
      if (wrong !== undefined) return { wrong, seen }
      loan = next
      seen.add(loan.state)
    }
  }
  return { wrong: undefined, seen }
}

describe('the states of a loan', () => {
  it('are never forbidden ones, in 12,000 random sequences of events', () => {
    const { wrong, seen } = walk(8, 12_000, loanTransitions)
    expect(wrong).to.equal(undefined)
    expect([...seen]).to.have.members(loanStates.filter(state => state !== 'proposed'))
  })

  const planted: Record<string, Partial<LoanTable>> = {
    'begins without the borrower': { start: { from: ['agreed', 'consented by the home organisation'], to: 'running', who: ['time'] } },
    'goes on after it was refused': { 'person consents': { ...loanTransitions['person consents'], from: ['proposed', 'refused'] } },
    'skips the home organisation': { 'borrower consents': { ...loanTransitions['borrower consents'], from: ['consented by the person'] } },
    'is extended by the person alone': {
      'borrower consents to extension': {
        ...loanTransitions['borrower consents to extension'],
        from: ['extension consented by the person'],
      },
    },
    'goes on after its end': { 'ask to extend': { ...loanTransitions['ask to extend'], from: ['running', 'ended'] } },
  }
  for (const [what, change] of Object.entries(planted))
    it(`are seen to be forbidden when one ${what}`, () => {
      expect(walk(8, 12_000, { ...loanTransitions, ...change }).wrong).to.be.a('string')
    })

  it('wait for nobody when they are over', () => {
    for (const state of loanStates.filter(isOver)) {
      const possible = loanSteps.filter(step => loanTransitions[step].from.includes(state))
      expect(possible, state).to.deep.equal([])
    }
  })
})
