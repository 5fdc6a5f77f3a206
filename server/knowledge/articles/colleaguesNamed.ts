import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'

/**
 * The people whom somebody names, each once.
 * @param known  who stands there already: of several with one name these are meant
 * @param problem  is told of each name that nobody has, or more than one
 */
export async function colleaguesNamed(
  typed: string | undefined,
  known: readonly string[] | undefined,
  { people }: Pick<Services, 'people'>,
  writer: SignedInPerson,
  problem: (says: string) => void,
): Promise<string[]> {
  const ids: string[] = []
  for (const name of namesIn(typed)) {
    const called = await people.called(name, writer)
    const already = called.filter(({ _id }) => known?.includes(_id))
    if (called.length === 0) problem(`There is no “${name}” among the people here`)
    else if (called.length === 1 || already.length > 0) ids.push(...(already.length > 0 ? already : called).map(({ _id }) => _id))
    else problem(`${called.length} people are called “${name}”. Write one of ${called.map(({ slug }) => slug).join(', ')} instead`)
  }
  return [...new Set(ids)]
}

export const namesIn = (typed = '') =>
  typed
    .split(/[,;]/)
    .map(name => name.trim())
    .filter(name => name !== '')
