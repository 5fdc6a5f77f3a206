import type { Reader } from '../../access/accessTokens.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'
import type { SearchType } from '../searchType.ts'
import type { PinnedReference } from './pinModel.ts'

export interface PinnedRecord {
  type: SearchType
  record: SearchableRecord
}

/** The records that pins name, as far as somebody may read them. */
export class PinnedRecords {
  private readonly types: readonly SearchType[]

  constructor(types: readonly SearchType[]) {
    this.types = types
  }

  /** Those that are there, in the order in which they are named. */
  async read(reader: Reader, references: readonly PinnedReference[]): Promise<PinnedRecord[]> {
    const found = new Map<string, PinnedRecord>()
    for (const type of this.types) {
      const ids = references.filter(reference => reference.type === type.type).map(({ id }) => id)
      if (ids.length === 0) continue
      const records = await type.model
        .find({ _id: { $in: ids } })
        .readableBy(reader)
        .lean<SearchableRecord[]>()
      for (const record of records) found.set(keyOf({ type: type.type, id: record._id }), { type, record })
    }
    return references.flatMap(reference => found.get(keyOf(reference)) ?? [])
  }

  /** The record whose page has this address, typed with or without the name of the site; undefined when there is none that the reader may read. */
  async at(reader: Reader, address: string): Promise<PinnedRecord | undefined> {
    const path = pathOf(address)
    const type = this.types.filter(candidate => path?.startsWith(`${candidate.path}/`)).sort((a, b) => b.path.length - a.path.length)[0]
    if (path === undefined || type === undefined) return undefined
    const slug = path.slice(type.path.length + 1)
    const record = await type.model.findOne({ slug }).readableBy(reader).lean<SearchableRecord>()
    return record === null ? undefined : { type, record }
  }

  /** By the id in the file that it was imported from. */
  async imported(type: string, sourceId: string): Promise<PinnedReference | undefined> {
    const model = this.types.find(candidate => candidate.type === type)?.model
    const filter = { sourceId } as object
    const record = await model?.findOne(filter).asSystem('an import pins what its rows name').lean<SearchableRecord>()
    return record ? { type, id: record._id } : undefined
  }
}

export const addressOfPinned = ({ type, record }: PinnedRecord): string => `${type.path}/${record.slug}`

export const referenceTo = ({ type, record }: PinnedRecord): PinnedReference => ({ type: type.type, id: record._id })

export const keyOf = ({ type, id }: PinnedReference): string => `${type} ${id}`

function pathOf(address: string): string | undefined {
  try {
    return decodeURIComponent(new URL(address, 'https://this.site').pathname).replace(/\/$/, '')
  } catch {
    return undefined
  }
}
