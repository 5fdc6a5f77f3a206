import type { Locator, Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOfEach } from './wordsOf.ts'

export class SearchPage extends SitePage {
  static async open(page: Page, words: string): Promise<SearchPage> {
    await page.goto(`/search?q=${encodeURIComponent(words)}`)
    return new SearchPage(page)
  }

  people(): Promise<string[]> {
    return wordsOfEach(this.group('People who know').getByRole('heading', { level: 3 }))
  }

  articles(): Promise<string[]> {
    return wordsOfEach(this.group('Knowledge').getByRole('heading', { level: 3 }))
  }

  /** Why somebody is among the results. */
  reasons(name: string): Promise<string[]> {
    const row = this.main.getByRole('listitem').filter({ has: this.page.getByRole('heading', { name }) })
    return wordsOfEach(row.locator('.reason'))
  }

  /** The disclosure of a narrow window. */
  async openFilters(): Promise<void> {
    await this.filters().locator('summary').click()
  }

  filtersAreOpen(): Promise<boolean> {
    return this.filters().getByRole('checkbox').first().isVisible()
  }

  choices(facet: string): Promise<string[]> {
    return wordsOfEach(this.facet(facet).locator('.facet__label'))
  }

  async choose(facet: string, value: string): Promise<void> {
    await this.facet(facet).getByRole('checkbox', { name: value }).check()
  }

  isChosen(facet: string, value: string): Promise<boolean> {
    return this.facet(facet).getByRole('checkbox', { name: value }).isChecked()
  }

  applyFilters(): Promise<void> {
    return this.press('Apply filters')
  }

  /** The chips under the search box that can be taken off. */
  narrowedTo(): Promise<string[]> {
    return this.page
      .locator('.search-band .chip:not(.chip--recognised)')
      .evaluateAll(chips => chips.map(chip => chip.firstChild?.textContent?.trim() ?? ''))
  }

  async widen(chip: string): Promise<void> {
    await this.leadsOn(() => this.page.getByRole('link', { name: `Remove ${chip}` }).click())
  }

  private group(heading: string): Locator {
    return this.main.getByRole('region', { name: heading })
  }

  private filters(): Locator {
    return this.main.locator('.filters')
  }

  private facet(title: string): Locator {
    return this.filters().getByRole('group', { name: title })
  }
}
