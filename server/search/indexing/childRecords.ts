import type { Clock } from '../../clock.ts'
import { allowWrite } from '../../storage/searchable.ts'
import type { SearchType } from '../searchType.ts'

const atOnce = 200
const mostWithChildren = 50

/**
 * A change of a child is a change of what its parent's document says. The parent's rev is raised first and the child's mark taken off then, so that whatever
 * is interrupted is done again; a parent that is raised twice is merely sent twice.
 */
export async function raiseParents({ model, children = [] }: SearchType, clock: Clock): Promise<void> {
  for (const source of children)
    for (;;) {
      const pending = await source.pending(atOnce)
      if (pending.length === 0) break
      const ids = [...new Set(pending.map(({ parentId }) => parentId))]
      const raised = { $inc: { rev: 1 }, $set: { pendingSince: clock.now() } }
      await allowWrite(model.updateMany({ _id: { $in: ids } }, raised as never))
      await source.raised(pending)
      if (pending.length < atOnce) break
    }
}

export async function hasPendingChildren({ children = [] }: SearchType): Promise<boolean> {
  for (const { pending } of children) if ((await pending(1)).length > 0) return true
  return false
}

/** Texts of children by the field of their parent's document. */
export type ChildTexts = Readonly<Record<string, string>>

/** By the parent's id, the texts of its children of all kinds. */
export async function childTextsOf({ children = [] }: SearchType, parentIds: readonly string[]): Promise<ReadonlyMap<string, ChildTexts>> {
  const found = await Promise.all(children.map(async ({ field, textsOf }) => ({ field, texts: await textsOf(parentIds) })))
  const textOf = (id: string, field: string) => found.flatMap(of => (of.field === field ? (of.texts.get(id) ?? []) : [])).join('\n')
  const fields = [...new Set(children.map(({ field }) => field))]
  return new Map(parentIds.map(id => [id, Object.fromEntries(fields.map(field => [field, textOf(id, field)]))]))
}

/** How many records are worked on at once, where `most` are unless they have children, whose text is large. */
export const atMost = ({ children }: SearchType, most: number): number => (children === undefined ? most : Math.min(most, mostWithChildren))
