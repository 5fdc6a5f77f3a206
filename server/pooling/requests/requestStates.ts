import { fixedNames } from '../../search/fixedNames.ts'

export const requestStates = ['asked', 'matched', 'under way', 'done', 'withdrawn', 'expired'] as const
export type RequestState = (typeof requestStates)[number]

/** Those in which somebody still needs help. */
export const openStates: readonly RequestState[] = ['asked', 'matched', 'under way']
/** Those that are found only when they are asked for. */
export const setAsideStates: readonly RequestState[] = ['withdrawn', 'expired']

export const requestTypes = ['question', 'work'] as const
export type RequestType = (typeof requestTypes)[number]
export const typeNames: Readonly<Record<RequestType, string>> = { question: 'Question', work: 'Piece of work' }

/** Whoever asks, somebody who is invited, whoever helps, an administrator for somebody who leaves, or time. */
export type Party = 'asker' | 'invited' | 'helper' | 'administrator' | 'time'

export type RequestStep = 'accept' | 'start' | 'step back' | 'accept answer' | 'finish' | 'withdraw' | 'expire' | 'ask again' | 'hand over'

export interface Transition {
  from: readonly RequestState[]
  /** Absent when the state stays. */
  to?: RequestState
  who: readonly Party[]
  /** Left out, of both types. */
  type?: RequestType
  /** What the history says: "was matched". */
  said: string
}

/** Every way from one state to another, and whose it is. */
export const transitions: Readonly<Record<RequestStep, Transition>> = {
  accept: { from: ['asked'], to: 'matched', who: ['invited'], said: 'agreed to help' },
  start: { from: ['matched'], to: 'under way', who: ['asker', 'helper'], said: 'started' },
  'step back': { from: ['matched', 'under way'], to: 'asked', who: ['helper', 'administrator', 'time'], said: 'stepped back' },
  'accept answer': { from: [...openStates, 'done'], to: 'done', who: ['asker'], type: 'question', said: 'accepted an answer' },
  finish: { from: ['matched', 'under way'], to: 'done', who: ['asker'], said: 'said that it is done' },
  withdraw: { from: openStates, to: 'withdrawn', who: ['asker'], said: 'withdrew it' },
  expire: { from: ['asked'], to: 'expired', who: ['time'], said: 'expired' },
  'ask again': { from: setAsideStates, to: 'asked', who: ['asker'], said: 'asked again' },
  'hand over': { from: openStates, who: ['administrator', 'time'], said: 'was handed over' },
}

export const requestSteps = Object.keys(transitions) as RequestStep[]

/** Whether a request is where this step begins. */
export function isPossible(step: RequestStep, { state, type }: { state: RequestState; type: RequestType }): boolean {
  const { from, type: only } = transitions[step]
  return from.includes(state) && (only === undefined || only === type)
}

export const stateAfter = (step: RequestStep, state: RequestState): RequestState => transitions[step].to ?? state

/** As addresses and the search engine have it: "under-way". */
export const stateId = (state: RequestState): string => state.replaceAll(' ', '-')
export const stateName = (state: RequestState): string => `${state[0]?.toUpperCase()}${state.slice(1)}`

export const requestStateDirectory = fixedNames(
  'progress',
  'State of request',
  Object.fromEntries(requestStates.map(state => [stateId(state), stateName(state)])),
)
