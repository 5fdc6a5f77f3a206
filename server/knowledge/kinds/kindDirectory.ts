import { fixedNames } from '../../search/fixedNames.ts'
import { kinds } from './kinds.ts'

export const kindDirectory = fixedNames('kind', 'Kind of article', kinds)
