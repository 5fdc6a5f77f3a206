/** Who takes a step: the person who is lent, who answers for them at home, who answers for the borrowing organisation, who asked, or time alone. */
export const parties = ['person', 'home', 'borrower'] as const
export type Party = (typeof parties)[number]
export type Role = Party | 'asker' | 'time'

export const loanStates = [
  'proposed',
  'consented by the person',
  'consented by the home organisation',
  'agreed',
  'running',
  'extension asked',
  'extension consented by the person',
  'extension consented by the home organisation',
  'ended',
  'refused',
  'withdrawn',
  'lapsed',
] as const
export type LoanState = (typeof loanStates)[number]

export const loanSteps = [
  'person consents',
  'home consents',
  'borrower consents',
  'refuse',
  'withdraw',
  'call off',
  'lapse',
  'start',
  'ask to extend',
  'person consents to extension',
  'home consents to extension',
  'borrower consents to extension',
  'refuse extension',
  'end early',
  'end',
] as const
export type LoanStep = (typeof loanSteps)[number]

export interface LoanTransition {
  from: readonly LoanState[]
  to: LoanState
  who: readonly Role[]
  /** The consent that it gives: nobody gives two of one round. */
  consentOf?: Party
}

export type LoanTable = Readonly<Record<LoanStep, LoanTransition>>

const asked = ['proposed', 'consented by the person', 'consented by the home organisation'] as const
const extending = ['extension asked', 'extension consented by the person', 'extension consented by the home organisation'] as const

/** Every way from one state to another, and whose it is. */
export const loanTransitions: LoanTable = {
  'person consents': { from: ['proposed'], to: 'consented by the person', who: ['person'], consentOf: 'person' },
  'home consents': { from: ['consented by the person'], to: 'consented by the home organisation', who: ['home'], consentOf: 'home' },
  'borrower consents': { from: ['consented by the home organisation'], to: 'agreed', who: ['borrower'], consentOf: 'borrower' },
  refuse: { from: asked, to: 'refused', who: parties },
  withdraw: { from: asked, to: 'withdrawn', who: ['asker'] },
  'call off': { from: ['agreed'], to: 'withdrawn', who: [...parties, 'asker'] },
  lapse: { from: [...asked, 'agreed'], to: 'lapsed', who: ['time'] },
  start: { from: ['agreed'], to: 'running', who: ['time'] },
  'ask to extend': { from: ['running'], to: 'extension asked', who: [...parties, 'asker'] },
  'person consents to extension': { from: ['extension asked'], to: extending[1], who: ['person'], consentOf: 'person' },
  'home consents to extension': { from: [extending[1]], to: extending[2], who: ['home'], consentOf: 'home' },
  'borrower consents to extension': { from: [extending[2]], to: 'running', who: ['borrower'], consentOf: 'borrower' },
  'refuse extension': { from: extending, to: 'running', who: [...parties, 'asker'] },
  'end early': { from: ['running', ...extending], to: 'ended', who: parties },
  end: { from: ['running', ...extending], to: 'ended', who: ['time'] },
}

export const isOver = (state: LoanState): boolean => ['ended', 'refused', 'withdrawn', 'lapsed'].includes(state)

/** Whose consent a loan waits for. */
export function awaited(state: LoanState): Party | undefined {
  const step = loanSteps.find(name => loanTransitions[name].consentOf !== undefined && loanTransitions[name].from.includes(state))
  return step === undefined ? undefined : loanTransitions[step].consentOf
}

/** The states in which a loan waits for a party. */
export const statesAwaiting = (party: Party): LoanState[] => loanStates.filter(state => awaited(state) === party)

export interface GivenConsent {
  party: Party
  byId: string
  at: Date
}

/** What of a loan decides who takes which step. */
export interface Standing {
  state: LoanState
  consents: readonly GivenConsent[]
  extension?: { consents: readonly GivenConsent[] }
}

/** The consents of the round that the loan is in: for the loan itself, or for its extension. */
export const consentsOfRound = ({ state, consents, extension }: Standing): readonly GivenConsent[] =>
  extension !== undefined && state.startsWith('extension') ? extension.consents : consents

export type Refusal = 'not now' | 'not theirs' | 'consented already'

/** Why somebody with these roles cannot take a step, or undefined when they can. */
export function refusalOf(
  step: LoanStep,
  loan: Standing,
  actor: { id?: string; roles: readonly Role[] },
  table: LoanTable = loanTransitions,
): Refusal | undefined {
  const { from, who, consentOf } = table[step]
  if (!from.includes(loan.state)) return 'not now'
  if (!who.some(role => actor.roles.includes(role))) return 'not theirs'
  if (consentOf !== undefined && consentsOfRound(loan).some(({ byId }) => byId === actor.id)) return 'consented already'
  return undefined
}
