import type { Page } from 'playwright-core'

export const widths = [320, 768, 1280]

const isTooWide = `part => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1 || part.scrollWidth > part.clientWidth + 1`
const stickingOut = `[...document.querySelectorAll('body *')]
  .filter(${isTooWide}).filter(part => ![...part.children].some(${isTooWide})).slice(0, 3).map(part => part.outerHTML.slice(0, 80)).join(' ')`

/** Where a page has to be moved sideways to be read, at each of the widths; empty when it never has to. The page is as wide afterwards as before. */
export async function sidewaysFaults(page: Page, atWidths: readonly number[] = widths): Promise<string[]> {
  const faults: string[] = []
  const before = page.viewportSize()
  for (const width of atWidths) {
    await page.setViewportSize({ width, height: 800 })
    const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    if (beyond > 0) faults.push(`${beyond} px too wide at ${width} px: ${await page.evaluate<string>(stickingOut)}`)
  }
  if (before !== null) await page.setViewportSize(before)
  return faults
}
