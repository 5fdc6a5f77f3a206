import { Conflict } from '../failures.ts'

/** A draft is for those who prepare it; whoever may read a day sees it from its publication, also when it is cancelled. */
export const dayStates = ['draft', 'published', 'cancelled'] as const
export type DayState = (typeof dayStates)[number]

export const daySteps = ['publish', 'cancel', 'take up again'] as const
export type DayStep = (typeof daySteps)[number]

/** Every way from one state to another. */
const transitions: Readonly<Record<DayStep, { from: DayState; to: DayState }>> = {
  publish: { from: 'draft', to: 'published' },
  cancel: { from: 'published', to: 'cancelled' },
  'take up again': { from: 'cancelled', to: 'published' },
}

export const stepsFrom = (state: DayState): DayStep[] => daySteps.filter(step => transitions[step].from === state)

/** @throws Conflict when the step does not begin in this state: somebody was faster */
export function stateAfter(step: DayStep, state: DayState): DayState {
  const { from, to } = transitions[step]
  if (from !== state)
    throw new Conflict(`The day is ${state === 'draft' ? 'a draft' : state} by now. Open it again to see what can be done.`)
  return to
}

const stepIds = new Map(daySteps.map(step => [step.replaceAll(' ', '-'), step]))
export const stepOfId = (id: string): DayStep | undefined => stepIds.get(id)
export const stepId = (step: DayStep): string => step.replaceAll(' ', '-')
