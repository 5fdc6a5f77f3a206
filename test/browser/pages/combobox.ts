import type { Locator, Page } from 'playwright-core'
import { wordsOfEach } from './wordsOf.ts'

/** An input with suggestions, as somebody with a screen reader meets it. */
export class Combobox {
  readonly input: Locator
  private readonly page: Page

  constructor(page: Page, label: string) {
    this.page = page
    this.input = page.getByRole('combobox', { name: label, exact: true })
  }

  /** Types at the end, key by key, and waits for what is suggested. */
  async type(words: string): Promise<string[]> {
    await this.input.focus()
    await this.page.keyboard.press('End')
    await this.page.keyboard.type(words)
    await this.list().waitFor()
    return this.suggestions()
  }

  suggestions(): Promise<string[]> {
    return wordsOfEach(this.list().getByRole('option'))
  }

  isOpen(): Promise<boolean> {
    return this.list().isVisible()
  }

  typed(): Promise<string> {
    return this.input.inputValue()
  }

  /** The suggestion that is read out now. */
  async active(): Promise<string | undefined> {
    const id = await this.input.getAttribute('aria-activedescendant')
    return id === null ? undefined : ((await this.page.locator(`[id="${id}"][aria-selected=true]`).textContent()) ?? undefined)
  }

  /** What is said of it, politely. */
  async said(): Promise<string> {
    return (await this.input.locator('xpath=following-sibling::*[1]').locator('[role=status]').textContent()) ?? ''
  }

  list(): Locator {
    return this.page.getByRole('listbox', { name: 'Suggestions' })
  }
}
