import { previewHref } from '../merges/mergePresenter.ts'
import type { AlikePair } from './alikePairs.ts'

/** Two skills that may be one, in a list. */
export const presentPair = ({ skills: [one, other], names }: AlikePair) => ({
  skills: [one, other].map(({ name, slug, group }) => ({ name, href: `/skills/${slug}`, group })),
  alike: names[0] === one.name && names[1] === other.name ? '' : `Alike: “${names[0]}” and “${names[1]}”`,
  mergeHref: previewHref(other.name, one.name),
  what: `${one.name} and ${other.name}`,
  ids: { one: one._id, other: other._id },
})
