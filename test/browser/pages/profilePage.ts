import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOf, wordsOfEach } from './wordsOf.ts'

export class ProfilePage extends SitePage {
  static async open(page: Page, { slug }: { slug: string }): Promise<ProfilePage> {
    await page.goto(`/people/${slug}`)
    return new ProfilePage(page)
  }

  /** Each skill with its level and what else is said of it. */
  skills(): Promise<string[]> {
    return wordsOfEach(this.main.locator('.row--skill'))
  }

  /** How wide the photo is, in its own pixels; undefined where initials stand for it. */
  async photoWidth(): Promise<number | undefined> {
    const photo = this.main.locator('.profile-head img')
    if ((await photo.count()) === 0) return undefined
    return naturalWidth(this.page, '.profile-head img')
  }

  contact(): Promise<string> {
    return wordsOf(this.main.getByRole('region', { name: 'Contact' }))
  }

  /** Links and buttons that the Tab key reaches although they stand above the one before, and not in a column to its right. */
  jumpsBack(): Promise<string[]> {
    return this.page.evaluate(`(() => {
      const places = [...document.querySelectorAll('main a, main button')].map(element => ({ name: element.textContent, at: element.getBoundingClientRect() }))
      return places.slice(1).filter(({ at }, before) => at.bottom <= places[before].at.top && at.left < places[before].at.right).map(({ name }) => name)
    })()`)
  }
}

/** Of a picture, as soon as it is there. */
export const naturalWidth = (page: Page, selector: string): Promise<number> =>
  page.evaluate(`{ const image = document.querySelector('${selector}'); image.decode().then(() => image.naturalWidth) }`)
