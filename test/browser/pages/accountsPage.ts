import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOf, wordsOfEach } from './wordsOf.ts'

/** The administrators' pages about people and their accounts. */
export class AccountsPage extends SitePage {
  static async open(page: Page): Promise<AccountsPage> {
    await page.goto('/admin/people')
    return new AccountsPage(page)
  }

  names(): Promise<string[]> {
    return wordsOfEach(this.main.getByRole('rowheader'))
  }

  async find(name: string): Promise<void> {
    await this.main.getByLabel('Name', { exact: true }).fill(name)
    await this.press('Show')
  }

  async invite({ name, email, organisation, roles = [] }: { name: string; email: string; organisation?: string; roles?: string[] }) {
    await this.main.getByLabel('Name', { exact: true }).fill(name)
    await this.main.getByLabel('E-mail address').fill(email)
    if (organisation !== undefined) await this.main.getByLabel('Organisation', { exact: true }).selectOption({ label: organisation })
    for (const role of roles) await this.main.getByLabel(role, { exact: true }).check()
    await this.press('Make an invitation')
  }

  /** The link to pass on. */
  link(): Promise<string> {
    return wordsOf(this.main.locator('.govuk-inset-text'))
  }
}
