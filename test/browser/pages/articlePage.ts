import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOf } from './wordsOf.ts'

export class ArticlePage extends SitePage {
  static async open(page: Page, { slug }: { slug: string }): Promise<ArticlePage> {
    await page.goto(`/knowledge/${slug}`)
    return new ArticlePage(page)
  }

  /** On the page of its attachments, which it stays on. */
  async attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.follow('Attach a file')
    await this.page.getByLabel('Add a file').setInputFiles(file)
    await this.press('Attach')
  }

  isDraft(): Promise<boolean> {
    return this.main.locator('.badge', { hasText: 'draft' }).isVisible()
  }

  text(): Promise<string> {
    return wordsOf(this.main.locator('.prose'))
  }

  owner(): Promise<string> {
    return wordsOf(this.main.locator('dt:text-is("Owner") + dd'))
  }

  mayBeEdited(): Promise<boolean> {
    return this.main.getByRole('button', { name: 'Edit', exact: true }).isVisible()
  }
}
