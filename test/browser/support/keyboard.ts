import type { Page } from 'playwright-core'

/** Somebody without a mouse. */
export class Keyboard {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Moves on and tells where to: the role and name that a screen reader says, such as `link "People"`. */
  async next(): Promise<string> {
    await this.page.keyboard.press('Tab')
    return this.whereItIs()
  }

  async whereItIs(): Promise<string> {
    const focused = this.page.locator(':focus')
    if ((await focused.count()) === 0) return 'nowhere on the page'
    const snapshot = await focused.ariaSnapshot()
    return /^- '?(\w+ "[^"]*")/.exec(snapshot)?.[1] ?? snapshot
  }

  /** Moves on until it is at what is wanted. @returns everything it came by @throws Error when it is not among the next 60 */
  async goTo(wanted: string): Promise<string[]> {
    const passed: string[] = []
    for (let steps = 0; steps < 60; steps++) {
      const place = await this.next()
      passed.push(place)
      if (place.startsWith(wanted)) return passed
    }
    throw new Error(`${wanted} is not reached with the Tab key, only ${passed.join(', ')}`)
  }

  async follow(): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.page.keyboard.press('Enter')])
  }

  /** Whether somebody sees where the focus is: the place looks different without it. */
  async isSeen(): Promise<boolean> {
    const box = await this.page.locator(':focus').boundingBox()
    if (box === null) return false
    const clip = { x: Math.max(0, box.x - 6), y: Math.max(0, box.y - 6), width: box.width + 12, height: box.height + 12 }
    const focused = await this.page.screenshot({ clip })
    await this.page.evaluate('document.activeElement.blur()')
    return !focused.equals(await this.page.screenshot({ clip }))
  }
}
