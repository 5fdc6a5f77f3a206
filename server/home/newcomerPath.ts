import type { Person } from '../people/personModel.ts'

const skillsAsked = 3

export interface Step {
  text: string
  href: string
  isDone: boolean
}

/** What somebody new does first, so that others can find them; undefined when all of it is done. */
export function newcomerPath(
  person: Pick<Person, 'slug' | 'about' | 'email' | 'phone' | 'skills'>,
): { steps: Step[]; done: number } | undefined {
  const { slug, about, email, phone, skills } = person
  const steps = [
    { text: 'Say what you work on', href: `/people/${slug}/edit`, isDone: about.trim() !== '' },
    { text: 'Give an address or a number', href: `/people/${slug}/edit`, isDone: (email ?? phone) !== undefined },
    {
      text: `Add three skills (${Math.min(skills.length, skillsAsked)} so far)`,
      href: `/people/${slug}/skills`,
      isDone: skills.length >= skillsAsked,
    },
  ]
  const done = steps.filter(({ isDone }) => isDone).length
  return done === steps.length ? undefined : { steps, done }
}
