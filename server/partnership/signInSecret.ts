import { newToken } from '../accounts/secretToken.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { Setting, SettingModels } from './settingModel.ts'

/** The secret that signs the cookies: made once, kept in MongoDB, the same for every process. */
export async function signInSecret(settings: SettingModels['settings']): Promise<string> {
  const keep = () =>
    settings
      .findOneAndUpdate({ _id: 'sign-in-secret' }, { $setOnInsert: { secret: newToken() } }, { upsert: true, returnDocument: 'after' })
      .lean<Setting>()
  const setting = await keep().catch(error => (isTaken(error) ? keep() : Promise.reject(error)))
  return setting?.secret as string
}
