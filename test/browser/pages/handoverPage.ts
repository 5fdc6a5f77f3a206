import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'

/** Where administrators see what somebody owns, hand it over and mark them as left. */
export class HandoverPage extends SitePage {
  static async open(page: Page, name: string): Promise<HandoverPage> {
    await page.goto('/admin/people')
    const handover = new HandoverPage(page)
    await handover.follow(name)
    return handover
  }

  async openForm(): Promise<void> {
    await this.follow('Hand over what they own, or mark them as left')
  }

  async answer(question: string, name: string): Promise<void> {
    await this.main.getByLabel(question).fill(name)
  }

  async tickNobody(kind: RegExp): Promise<void> {
    await this.main.getByLabel(kind).check()
  }
}
