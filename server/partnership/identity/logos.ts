import { createHash } from 'node:crypto'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Conflict, NotFound } from '../../failures.ts'
import type { FileStore } from '../../files/fileStore.ts'
import type { FileKeeper } from '../../files/fileSweep.ts'
import { logoPicture } from '../../files/logoPicture.ts'
import { pictureType } from '../../files/readPicture.ts'
import type { SettingsService } from '../settings/settingsService.ts'

const purpose = 'logo'
export const logoField = 'logoFile'

const changedMeanwhile =
  'Somebody else changed the logo while you had this page open. What is shown now stands below. Choose yours again if it shall take its place.'

/** The partnership's logo. One that another took the place of is left to the sweep: pages that are on their way still name it. */
export class Logos {
  private readonly settings: SettingsService
  private readonly files: FileStore

  constructor({ settings, files }: { settings: SettingsService; files: FileStore }) {
    this.settings = settings
    this.files = files
  }

  /** @throws NotFound when this is not the logo of now */
  async shown(version: string): Promise<{ id: string; etag: string }> {
    const { logo } = await this.settings.find('logo')
    if (logo?.version !== version) throw new NotFound('There is no such logo any more.')
    return { id: logo.fileId, etag: version }
  }

  /**
   * Sent twice it is kept once.
   * @param opened  the revision that the administrator saw
   * @throws Invalid when it is no picture; Conflict when somebody else was faster
   */
  async change(keeper: SignedInPerson, bytes: Buffer, opened: number): Promise<void> {
    const { bytes: picture, width, height } = await logoPicture(logoField, bytes)
    const version = createHash('sha256').update(picture).digest('hex').slice(0, 16)
    if (await this.isShown(version)) return
    const fileId = await this.files.keep(picture, { purpose, subject: 'logo', type: pictureType })
    try {
      await this.settings.keep(keeper, 'logo', { logo: { fileId, version, width, height } }, opened)
    } catch (error) {
      await this.files.remove([fileId])
      if (!(error instanceof Conflict)) throw error
      if (!(await this.isShown(version))) throw new Conflict(changedMeanwhile)
    }
  }

  /** @throws Conflict when somebody else was faster */
  async remove(keeper: SignedInPerson, opened: number): Promise<void> {
    if ((await this.settings.find('logo')).logo === undefined) return
    await this.settings.keep(keeper, 'logo', { logo: undefined }, opened).catch((error: unknown) => {
      throw error instanceof Conflict ? new Conflict(changedMeanwhile) : error
    })
  }

  /** For the sweep. */
  keeper(): FileKeeper {
    const inUse = async () => [(await this.settings.find('logo')).logo?.fileId].filter(id => id !== undefined)
    return { purpose, inUse }
  }

  private async isShown(version: string): Promise<boolean> {
    return (await this.settings.find('logo')).logo?.version === version
  }
}
