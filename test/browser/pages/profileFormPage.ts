import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'

/** The form of one part of a profile. */
export class ProfileFormPage extends SitePage {
  static async open(page: Page, { slug }: { slug: string }, section: string): Promise<ProfileFormPage> {
    await page.goto(`/people/${slug}/edit/${section}`)
    return new ProfileFormPage(page)
  }

  async type(field: string, text: string): Promise<void> {
    await this.main.getByLabel(field, { exact: true }).fill(text)
  }

  async choosePhoto(bytes: Buffer, name = 'me.jpg'): Promise<void> {
    await this.main.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer: bytes })
  }

  typed(field: string): Promise<string> {
    return this.main.getByLabel(field, { exact: true }).inputValue()
  }
}
