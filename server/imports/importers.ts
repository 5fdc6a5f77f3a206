import { CannotStart } from '../failures.ts'
import type { ImporterDeclaration } from '../feature.ts'
import { features } from '../features.ts'

const importers = features.flatMap(feature => feature.importers ?? [])

/** What can be imported, in the order in which the files refer to each other. */
export const importTypes: readonly string[] = importers.map(({ type }) => type)

/** @throws CannotStart naming the types that there are */
export function importerOf(type: string): ImporterDeclaration {
  const declared = importers.find(importer => importer.type === type)
  if (declared === undefined) throw new CannotStart(`"${type}" cannot be imported. What can be: ${importTypes.join(', ')}.`)
  return declared
}
