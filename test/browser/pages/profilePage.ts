import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOf, wordsOfEach } from './wordsOf.ts'

export class ProfilePage extends SitePage {
  static async open(page: Page, { slug }: { slug: string }): Promise<ProfilePage> {
    await page.goto(`/people/${slug}`)
    return new ProfilePage(page)
  }

  /** Each skill with its level and what else is said of it. */
  skills(): Promise<string[]> {
    return wordsOfEach(this.main.locator('.row--skill'))
  }

  contact(): Promise<string> {
    return wordsOf(this.main.getByRole('complementary', { name: 'Contact' }))
  }
}
