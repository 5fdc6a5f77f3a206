import type { GuardedModel, Readable } from '../storage/guardedReads.ts'
import { spellingOf } from '../storage/titleWords.ts'
import { RowRefused } from './importer.ts'

interface Named extends Readable {
  slug: string
  name: string
  sourceId?: string
  aliases?: readonly string[]
}

/**
 * Organisations, teams or skills of the partnership, all at once: there are at most some thousands. Rows name them by the id of their file, by
 * the name in their address, or by name.
 */
export class NamedRecords<R extends Named> {
  private readonly bySourceId = new Map<string, R>()
  private readonly bySlug = new Map<string, R>()
  private readonly byName = new Map<string, R[]>()
  private readonly what: string

  private constructor(what: string) {
    this.what = what
  }

  /**
   * @param what  in the singular, for messages: "organisation"
   * @param standIn  the id of the record that is meant instead of one
   */
  static async load<R extends Named>(
    what: string,
    model: GuardedModel<R>,
    standIn: (record: R) => string | undefined = () => undefined,
  ): Promise<NamedRecords<R>> {
    const named = new NamedRecords<R>(what)
    const all = await model.find({}).asSystem('an import finds what its rows name').lean<R[]>()
    const byId = new Map(all.map(record => [record._id, record]))
    for (const record of all) named.add(record, byId.get(standIn(record) ?? '') ?? record)
    return named
  }

  /** @param meant  what is found under the record's names */
  add(record: R, meant = record): void {
    if (record.sourceId !== undefined) this.bySourceId.set(record.sourceId, meant)
    this.bySlug.set(record.slug, meant)
    for (const name of new Set([record.name, ...(record.aliases ?? [])].map(spellingOf))) {
      const others = (this.byName.get(name) ?? []).filter(other => other._id !== meant._id)
      this.byName.set(name, [...others, meant])
    }
  }

  withSourceId(id: string): R | undefined {
    return this.bySourceId.get(id)
  }

  named(name: string): readonly R[] {
    return this.byName.get(spellingOf(name)) ?? []
  }

  hasSlug(slug: string): boolean {
    return this.bySlug.has(slug)
  }

  /**
   * @param prefers  which one a name means when several have it: "Infrastructure" is the team of the row's own organisation
   * @throws RowRefused when nothing, or more than one, is meant
   */
  get(reference: string, prefers: (record: R) => boolean = () => false): R {
    const found = this.maybe(reference, prefers)
    if (found === undefined) throw new RowRefused(`there is no ${this.what} "${reference}"`)
    return found
  }

  maybe(reference: string, prefers: (record: R) => boolean = () => false): R | undefined {
    const known = this.bySourceId.get(reference) ?? this.bySlug.get(reference)
    if (known !== undefined) return known
    const named = this.named(reference)
    const preferred = named.filter(prefers)
    const meant = preferred.length > 0 ? preferred : named
    if (meant.length > 1) throw new RowRefused(`${meant.length} have the name "${reference}": give the id of the ${this.what}`)
    return meant[0]
  }
}
