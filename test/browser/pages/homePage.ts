import { SitePage } from './sitePage.ts'
import { wordsOf } from './wordsOf.ts'

/** What somebody who is signed in begins with. */
export class HomePage extends SitePage {
  async goHome(): Promise<void> {
    await this.leadsOn(() => this.page.getByRole('banner').getByRole('link', { name: 'Skillpool' }).click())
  }

  /** How far a newcomer has come; undefined when there is nothing left to do. */
  async stepsDone(): Promise<string | undefined> {
    const progress = this.main.getByRole('region', { name: 'Your first steps' }).locator('.progress')
    return (await progress.count()) === 0 ? undefined : wordsOf(progress)
  }
}
