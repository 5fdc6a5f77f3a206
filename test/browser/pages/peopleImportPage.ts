import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOf } from './wordsOf.ts'

/** Where administrators send a file of people, see what it would change, and confirm it. */
export class PeopleImportPage extends SitePage {
  static async open(page: Page): Promise<PeopleImportPage> {
    await page.goto('/admin/people')
    const imports = new PeopleImportPage(page)
    await imports.follow('Import people from a file')
    return imports
  }

  async send(content: string, { absentLeave }: { absentLeave?: string } = {}): Promise<void> {
    await this.main.getByLabel('File of people').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
    if (absentLeave !== undefined) {
      await this.main.getByLabel('have left').check()
      await this.main.getByLabel('Whose people may leave').selectOption({ label: absentLeave })
    }
    await this.press('Show what it would change')
  }

  /** What stands behind a line of the counts: "People who were added". */
  async count(line: string): Promise<string> {
    const row = this.main.locator('.govuk-summary-list__row').filter({ hasText: line })
    return wordsOf(row.locator('.govuk-summary-list__value'))
  }
}
