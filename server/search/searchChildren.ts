/** A record without readers of its own, which is found through its parent. */
export interface PendingChild {
  _id: string
  parentId: string
  /** Raised with each change of the child. */
  rev: number
}

/** What a search type declares of the children of its records. */
export interface SearchChildren {
  /** The text field of their parent that they are searched in. */
  field: string
  /** Changed since their parent's rev was raised for it, the oldest first. */
  pending(most: number): Promise<readonly PendingChild[]>
  /** The parents' revs are raised: the marks go, but of those that were changed again meanwhile. */
  raised(children: readonly PendingChild[]): Promise<void>
  /** What is searched of all children of each of these parents, by the parent's id. */
  textsOf(parentIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}
