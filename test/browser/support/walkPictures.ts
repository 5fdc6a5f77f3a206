import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const folder = join(projectRoot, 'docs', 'pictures')

/** Keeps a picture of the top of the page for the documentation, when SKILLPOOL_PICTURES is set: tests alone leave the documentation as it is. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SKILLPOOL_PICTURES === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.evaluate('scrollTo(0, 0)')
  await sharp(await page.screenshot())
    .webp({ quality: 80 })
    .toFile(join(folder, `${name}.webp`))
}
