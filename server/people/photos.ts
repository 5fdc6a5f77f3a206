import { createHash } from 'node:crypto'
import type { Reader, SignedInPerson } from '../access/accessTokens.ts'
import { Conflict, NotFound } from '../failures.ts'
import type { FileStore, KeptFile } from '../files/fileStore.ts'
import type { FileKeeper } from '../files/fileSweep.ts'
import { pictureType } from '../files/readPicture.ts'
import { squarePictures } from '../files/squarePictures.ts'
import type { Models } from '../models.ts'
import type { Person, Photo } from './personModel.ts'
import type { PersonService } from './personService.ts'
import { versionOf } from './profileChange.ts'

const purpose = 'photo'
/** In px: of rows and of the profile, for screens with two and more pixels in one. */
const sides = { small: 96, large: 320 } as const
export type PhotoSize = keyof typeof sides

/** The photos on profiles: read by whoever reads the profile, changed by whoever changes it. */
export class Photos {
  private readonly models: Pick<Models, 'people'>
  private readonly people: PersonService
  private readonly files: FileStore

  constructor(models: Pick<Models, 'people'>, { people, files }: { people: PersonService; files: FileStore }) {
    this.models = models
    this.people = people
    this.files = files
  }

  /** @throws NotFound: a hidden profile, a missing one and one without a photo look the same */
  async shown(reader: Reader, slug: string, size: PhotoSize): Promise<{ id: string; etag: string }> {
    const { photo } = await this.people.bySlug(reader, slug)
    if (photo === undefined) throw new NotFound('There is no photo here.')
    return { id: size === 'small' ? photo.smallId : photo.largeId, etag: `${photo.version}-${size}` }
  }

  /**
   * Sent twice it is kept once. Files that are kept and not named yet, or not named any more, when this ends in between are swept.
   * @param opened  what the form was opened with, see `versionOf`
   * @throws Invalid when it is no picture; Conflict when somebody else changed the photo meanwhile
   */
  async change(editor: SignedInPerson, slug: string, bytes: Buffer, opened: string): Promise<void> {
    const { _id: subject } = await this.people.editable(editor, slug)
    const [small, large] = await squarePictures('photo', bytes, [sides.small, sides.large])
    const version = createHash('sha256').update(large).digest('hex').slice(0, 16)
    const before = await this.people.editable(editor, slug)
    if (before.photo?.version === version) return
    if (opened !== versionOf(before, ['photo'])) throw changedMeanwhile()
    const about = { purpose, subject, type: pictureType }
    const [smallId, largeId] = [await this.files.keep(small, about), await this.files.keep(large, about)]
    const photo = { version, smallId, largeId }
    if (await this.name(editor, before, photo)) await this.files.remove(idsOf(before.photo))
  }

  /** @throws Conflict when somebody else changed the photo meanwhile */
  async remove(editor: SignedInPerson, slug: string, opened: string): Promise<void> {
    const before = await this.people.editable(editor, slug)
    if (before.photo === undefined) return
    if (opened !== versionOf(before, ['photo'])) throw changedMeanwhile()
    await this.name(editor, before, undefined)
    await this.files.remove(idsOf(before.photo))
  }

  /** For the sweep. */
  keeper(): FileKeeper {
    return { purpose, inUse: files => this.inUse(files) }
  }

  /**
   * Puts another photo in the place of the one before; its files go when that is not to be.
   * @returns false when somebody else put the same picture there
   */
  private async name(editor: SignedInPerson, before: Person, photo: Photo | undefined): Promise<boolean> {
    try {
      await this.people.change(editor, before.slug, { photo }, versionOf(before, ['photo']))
      return true
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      if (photo !== undefined) await this.files.remove(idsOf(photo))
      const now = await this.people.editable(editor, before.slug)
      if (now.photo?.version === photo?.version) return false
      throw changedMeanwhile()
    }
  }

  private async inUse(files: readonly KeptFile[]): Promise<string[]> {
    const people = await this.models.people
      .find({ _id: { $in: files.map(({ subject }) => subject) } })
      .asSystem('files of people who are hidden are still theirs')
      .select({ photo: 1 })
      .lean<Pick<Person, 'photo'>[]>()
    return people.flatMap(({ photo }) => idsOf(photo))
  }
}

const idsOf = (photo: Photo | undefined): string[] => (photo === undefined ? [] : [photo.smallId, photo.largeId])

const changedMeanwhile = () =>
  new Conflict('Somebody else changed the photo while you had it open. Look at it, and choose yours again if it shall take its place.')
