import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { partnershipToken } from '../server/access/accessTokens.ts'
import { CannotStart } from '../server/failures.ts'
import { writeZip } from '../server/files/zipStream.ts'
import type { Services } from '../server/services.ts'
import { readArguments } from './support/commandLine.ts'
import { openCommandServices } from './support/commandServices.ts'
import { runCommand, WrongUsage } from './support/runCommand.ts'

const usage = `Usage: npm run export -- FILE.zip [--organisation NAME]

Writes every article, with its earlier texts and attachments, and every collection, as Markdown with front matter: all there is, drafts and what is
OFFICIAL-SENSITIVE included, or what belongs to the organisation of that name in its address. "npm run import -- pages FILE.zip" takes it again.`

async function exportTo(file: string, organisation: string | undefined): Promise<number> {
  const services = await openCommandServices()
  try {
    const asked = organisation === undefined ? {} : { organisationId: await idOf(services, organisation) }
    const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
    const written = finished(out)
    try {
      await writeZip(services.exports.files(asked), out)
      await written
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(file, { force: true })
      throw new CannotStart(`${file} could not be written: ${(error as Error).message}`)
    }
    console.log(`${file} is written.${(await services.exports.isSensitive(asked)) ? ' It has articles that are OFFICIAL-SENSITIVE.' : ''}`)
    return 0
  } finally {
    await services.close()
  }
}

async function idOf({ organisations }: Services, slug: string): Promise<string> {
  const [found] = await organisations.named({ slugs: [slug] }, { tokens: [partnershipToken] })
  if (found === undefined) throw new CannotStart(`There is no organisation "${slug}": give the name in the address of its page.`)
  return found._id
}

await runCommand(usage, async args => {
  const { positionals, values } = readArguments(args, { organisation: { type: 'string' } })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0 || !file.endsWith('.zip')) throw new WrongUsage('Name one file that ends in .zip.')
  return exportTo(file, values.organisation as string | undefined)
})
