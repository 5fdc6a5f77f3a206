import type { SearchType } from '../searchType.ts'
import type { Encoder } from './encoder.ts'

/** With a model, every type is found by meaning too: its index keeps passages beside the words. */
export function withPassageMapping(types: readonly SearchType[], encoder: Pick<Encoder, 'model' | 'dimensions'> | undefined): SearchType[] {
  if (encoder === undefined) return [...types]
  const { model, dimensions } = encoder
  return types.map(type => ({ ...type, mapping: { ...type.mapping, passages: { model, dimensions } } }))
}
