import { fixedNames } from '../../search/fixedNames.ts'
import { kindNames } from './kinds.ts'

export const kindDirectory = fixedNames('kind', 'Kind of article', kindNames)
