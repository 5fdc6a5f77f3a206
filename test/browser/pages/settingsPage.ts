import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'

/** Where administrators of the partnership decide its name, its colour and what stands on its public pages. */
export class SettingsPage extends SitePage {
  static async open(page: Page): Promise<SettingsPage> {
    await page.goto('/admin')
    const settings = new SettingsPage(page)
    await settings.follow('Settings')
    return settings
  }

  async type(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.main.getByLabel(label, { exact: true }).fill(text)
  }

  value(label: string): Promise<string> {
    return this.main.getByLabel(label, { exact: true }).inputValue()
  }

  async choose(name: string, buffer: Buffer): Promise<void> {
    await this.main.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })
    await this.press('Save: Logo')
  }

  /** Whether the browser has a picture for the header. */
  logoIsSeen(): Promise<boolean> {
    return this.page.evaluate(`Boolean(document.querySelector('.site-header img')?.naturalWidth)`)
  }

  /** As the browser computes it. */
  headerColour(): Promise<string> {
    return this.page.evaluate(`getComputedStyle(document.querySelector('.site-header')).backgroundColor`)
  }

  buttonColour(): Promise<string> {
    return this.page.evaluate(`getComputedStyle(document.querySelector('main .govuk-button')).backgroundColor`)
  }
}
