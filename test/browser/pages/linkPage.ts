import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'

/** Where an invitation leads. */
export class LinkPage extends SitePage {
  static async open(page: Page, link: string): Promise<LinkPage> {
    await page.goto(link)
    return new LinkPage(page)
  }

  async choosePassword(password: string): Promise<void> {
    await this.main.getByLabel('Password', { exact: true }).fill(password)
    await this.press('Keep this password and sign in')
  }
}
