import type { Person } from '../people/personModel.ts'
import type { StepsTaken } from './firstStepsModel.ts'

const skillsAsked = 3

export interface Step {
  text: string
  why: string
  href: string
  isDone: boolean
}

export interface NewcomerPath {
  steps: Step[]
  done: number
}

type Profile = Pick<Person, 'slug' | 'about' | 'email' | 'phone' | 'skills'>

/** What somebody new does first; undefined when all of it is done, or they do not want to see it. */
export function newcomerPath(person: Profile, taken: Omit<StepsTaken, '_id'> & { hasFollowed: boolean }): NewcomerPath | undefined {
  if (taken.hiddenAt !== undefined) return undefined
  const steps = [completeProfile(person), threeSkills(person), followSomething(taken), searchOnce(taken)]
  const done = steps.filter(({ isDone }) => isDone).length
  return done === steps.length ? undefined : { steps, done }
}

const completeProfile = ({ slug, about, email, phone }: Profile): Step => ({
  text: 'Complete your profile',
  why: 'What you work on and how to reach you: others decide by it whether to ask you.',
  href: `/people/${slug}/edit`,
  isDone: about.trim() !== '' && (email ?? phone) !== undefined,
})

const threeSkills = ({ slug, skills }: Profile): Step => ({
  text: `Add three skills (${Math.min(skills.length, skillsAsked)} so far)`,
  why: 'Type what you know. Who searches for it finds you, with your level as the reason.',
  href: `/people/${slug}/skills`,
  isDone: skills.length >= skillsAsked,
})

const followSomething = ({ hasFollowed }: { hasFollowed: boolean }): Step => ({
  text: 'Follow a skill, a person, a team or an organisation',
  why: 'What is new of it stands on this page from then on.',
  href: '/skills',
  isDone: hasFollowed,
})

const searchOnce = ({ searchedAt }: Omit<StepsTaken, '_id'>): Step => ({
  text: 'Look around: search for something you would like to know',
  why: 'One search finds the people and the articles of all organisations, each with the reason why it is there.',
  href: '/search',
  isDone: searchedAt !== undefined,
})
