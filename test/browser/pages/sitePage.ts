import type { Locator, Page } from 'playwright-core'
import { wordsOf, wordsOfEach } from './wordsOf.ts'

/** What every page has. */
export class SitePage {
  readonly page: Page
  readonly main: Locator

  constructor(page: Page) {
    this.page = page
    this.main = page.getByRole('main')
  }

  heading(): Promise<string> {
    return wordsOf(this.page.getByRole('heading', { level: 1 }))
  }

  path(): string {
    return new URL(this.page.url()).pathname
  }

  /** What the page says of what was just done. */
  notice(): Promise<string> {
    return wordsOf(this.main.locator('.govuk-notification-banner__content'))
  }

  /** The problems of the form, as the summary on top lists them. */
  problems(): Promise<string[]> {
    return wordsOfEach(this.main.locator('.govuk-error-summary__list a'))
  }

  problemsHaveFocus(): Promise<boolean> {
    return this.main.locator('.govuk-error-summary:focus').isVisible()
  }

  async follow(link: string): Promise<void> {
    await this.leadsOn(() => this.main.getByRole('link', { name: link, exact: true }).first().click())
  }

  async press(button: string): Promise<void> {
    await this.leadsOn(() => this.main.getByRole('button', { name: button, exact: true }).click())
  }

  /** Through the site's navigation. */
  async goTo(place: string): Promise<void> {
    await this.leadsOn(() => this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click())
  }

  /** In the search box that every page has. */
  async ask(words: string): Promise<void> {
    await this.page.getByLabel('Search people and knowledge').fill(words)
    await this.leadsOn(() => this.page.getByRole('button', { name: 'Search', exact: true }).click())
  }

  async signOut(): Promise<void> {
    await this.leadsOn(() => this.page.getByRole('button', { name: 'Sign out' }).click())
  }

  /** Does what leads to another page, and waits until it is there. */
  protected async leadsOn(deed: () => Promise<void>): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), deed()])
  }
}
