import { formName } from '../kinds/fieldPresenter.ts'

const prefix = formName('')

/** A form with what was typed in the fields of a kind put together, by their names. */
export function gatheredFields(typed: unknown): unknown {
  if (typeof typed !== 'object' || typed === null) return typed
  return { ...typed, fields: fieldsTyped(typed as Record<string, unknown>) }
}

export function fieldsTyped(typed: Record<string, unknown>): Record<string, string> {
  const ofKind = Object.entries(typed).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(ofKind.flatMap(([name, value]) => (typeof value === 'string' ? [[name.slice(prefix.length), value]] : [])))
}
