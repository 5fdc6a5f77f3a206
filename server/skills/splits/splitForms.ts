import { z } from 'zod'
import { line } from '../../http/formFields.ts'
import { skillForm } from '../skillForms.ts'
import { type SplitRecord, type SplitWay, splitWays } from './skillSplitModel.ts'

/** What is asked for a preview; a group that is not given is that of the old skill. */
export const splitForm = skillForm.extend({
  skill: line('Enter the skill that becomes two', 100),
  group: z.string().max(100, 'Use 100 characters or fewer').default(''),
})
export type SplitForm = z.infer<typeof splitForm>

/** What confirms it: beside the names a choice for each record, such as `person:ID`. */
export const decidedSplitForm = splitForm.loose()
export type DecidedSplitForm = z.infer<typeof decidedSplitForm>

/** The name of a record's choice in the form. */
export const choiceName = (kind: string, id: string): string => `${kind}:${id}`

/** What was chosen; undefined where nothing was, as before the first look. */
export function chosenWay(typed: Readonly<Record<string, unknown>>, name: string): SplitWay | 'stays' | undefined {
  const chosen = typed[name]
  return chosen === 'stays' ? 'stays' : splitWays.find(way => way === chosen)
}

/** The records that get the new skill. */
export function chosenRecords(typed: Readonly<Record<string, unknown>>): SplitRecord[] {
  return Object.keys(typed).flatMap((field): SplitRecord[] => {
    const [, kind, recordId] = /^(person|article|request):(.+)$/.exec(field) ?? []
    const way = chosenWay(typed, field)
    if (recordId === undefined || way === undefined || way === 'stays') return []
    return [{ kind: kind as SplitRecord['kind'], recordId, way }]
  })
}
