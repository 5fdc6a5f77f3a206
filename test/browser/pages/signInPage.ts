import type { Page } from 'playwright-core'
import { testPassword } from '../../support/testSite.ts'
import { SitePage } from './sitePage.ts'

export class SignInPage extends SitePage {
  static async open(page: Page): Promise<SignInPage> {
    await page.goto('/sign-in')
    return new SignInPage(page)
  }

  async signIn(email: string, password = testPassword): Promise<void> {
    await this.main.getByLabel('E-mail address').fill(email)
    await this.main.getByLabel('Password', { exact: true }).fill(password)
    await this.press('Sign in')
  }
}
