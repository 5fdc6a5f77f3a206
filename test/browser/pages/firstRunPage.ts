import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'

export interface Beginning {
  partnership: string
  organisation: string
  name: string
  email: string
  password: string
}

export class FirstRunPage extends SitePage {
  static async open(page: Page, token: string): Promise<FirstRunPage> {
    await page.goto(`/first-run?token=${token}`)
    return new FirstRunPage(page)
  }

  async begin({ partnership, organisation, name, email, password }: Beginning): Promise<void> {
    await this.main.getByLabel('Name of the partnership').fill(partnership)
    await this.main.getByLabel('Name of your own organisation').fill(organisation)
    await this.main.getByLabel('Your name').fill(name)
    await this.main.getByLabel('Your e-mail address').fill(email)
    await this.main.getByLabel('Choose a password').fill(password)
    await this.press('Set up Skillpool')
  }
}
