import type { Clock } from '../clock.ts'
import type { FileStore, KeptFile } from './fileStore.ts'

/** A feature whose records name files. */
export interface FileKeeper {
  purpose: string
  /** Of these files of its purpose, the ids of those that a record names. */
  inUse(files: readonly KeptFile[]): Promise<readonly string[]>
}

const dayMs = 86_400_000
const readAtOnce = 200

/** Takes away files that no record names: what was left where somebody's change, or the process, ended in between. */
export class FileSweep {
  private readonly files: FileStore
  private readonly keepers: ReadonlyMap<string, FileKeeper>
  private readonly clock: Clock

  constructor(files: FileStore, keepers: readonly FileKeeper[], clock: Clock) {
    this.files = files
    this.keepers = new Map(keepers.map(keeper => [keeper.purpose, keeper]))
    this.clock = clock
  }

  /**
   * Younger than a day is left alone: a file is kept before the record names it.
   * @returns how many were removed
   */
  async sweep(signal?: AbortSignal): Promise<number> {
    const madeBefore = new Date(this.clock.now().getTime() - dayMs)
    let removed = 0
    for (let after = ''; ; ) {
      signal?.throwIfAborted()
      const ids = await this.files.idsAfter(after, madeBefore, readAtOnce)
      if (ids.length === 0) return removed
      const unused = await this.unusedOf(ids)
      if (unused.length > 0) await this.files.remove(unused)
      removed += unused.length
      after = ids.at(-1) as string
    }
  }

  private async unusedOf(ids: readonly string[]): Promise<string[]> {
    const files = await this.files.named(ids)
    const used = new Set<string>()
    for (const purpose of new Set(files.map(file => file.purpose))) {
      const some = files.filter(file => file.purpose === purpose)
      // Without a keeper: another version of Skillpool knows what those are for.
      const named = (await this.keepers.get(purpose)?.inUse(some)) ?? some.map(({ _id }) => _id)
      for (const id of named) used.add(id)
    }
    return ids.filter(id => !used.has(id))
  }
}
