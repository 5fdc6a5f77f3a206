import { createHash } from 'node:crypto'
import { Conflict } from '../failures.ts'
import type { Person } from './personModel.ts'
import { nameWords } from './personNames.ts'

/** What of a profile is changed through its forms. */
export type Changeable = Partial<Pick<Person, 'name' | 'role' | 'about' | 'teamIds' | 'roles'>> & {
  [K in 'email' | 'phone' | 'workingPattern' | 'absence' | 'photo' | 'requestLimit']?: Person[K] | undefined
}

/** Equal as long as nobody changed these fields: a form sends it back. */
export function versionOf(person: Changeable, fields: readonly (keyof Changeable)[]): string {
  const values = fields.toSorted().map(field => person[field] ?? null)
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16)
}

/** Left out, a field stays; undefined takes it off. */
export function changeOf(fields: Changeable): { $set: Partial<Person>; $unset: Record<string, 1> } {
  const given = Object.entries(fields)
  return {
    $set: {
      ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
      ...(fields.name === undefined ? {} : { nameWords: nameWords(fields.name) }),
    },
    $unset: Object.fromEntries(given.filter(([, value]) => value === undefined).map(([field]) => [field, 1])),
  }
}

export const changedMeanwhile = () =>
  new Conflict(
    'Somebody else changed this part of the profile while you had it open. What you typed is still below: compare it with the profile and save again.',
  )
