import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOf, wordsOfEach } from './wordsOf.ts'

/** Where administrators make two skills one, and undo it. */
export class MergePage extends SitePage {
  static async open(page: Page): Promise<MergePage> {
    await page.goto('/admin')
    const merging = new MergePage(page)
    await merging.follow('Skills vocabulary')
    await merging.follow('Merge any two skills')
    return merging
  }

  async choose({ merged, kept }: { merged: string; kept: string }): Promise<void> {
    await this.main.getByLabel('Skill that becomes another').fill(merged)
    await this.main.getByLabel('Skill that stays').fill(kept)
    // Suggestions may come meanwhile, and lie over the button until the field is left.
    await this.page.keyboard.press('Tab')
    await this.press('See what would change')
  }

  async changes(): Promise<string> {
    return (await wordsOfEach(this.main.getByRole('list').getByRole('listitem'))).join(' ')
  }

  /** How far it is, at its end: the page is loaded again until then. */
  async state(end: string): Promise<string> {
    await this.main.locator('.badge', { hasText: end }).waitFor()
    return wordsOf(this.main.locator('.badge'))
  }
}
