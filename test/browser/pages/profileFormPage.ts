import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'

export class ProfileFormPage extends SitePage {
  static async open(page: Page, { slug }: { slug: string }): Promise<ProfileFormPage> {
    await page.goto(`/people/${slug}/edit`)
    return new ProfileFormPage(page)
  }

  async type(field: string, text: string): Promise<void> {
    await this.main.getByLabel(field, { exact: true }).fill(text)
  }

  typed(field: string): Promise<string> {
    return this.main.getByLabel(field, { exact: true }).inputValue()
  }
}
