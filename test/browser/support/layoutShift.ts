import type { Page } from 'playwright-core'

const watching = `
  window.layoutShift = 0
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
`
/** Shifts are told after the frame in which they happened. */
const afterTwoFrames = 'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))'

/** Before the page goes anywhere. */
export const watchLayoutShifts = (page: Page): Promise<unknown> => page.addInitScript(watching)

/** How far what was shown has moved by itself, as browsers measure it: 0 is not at all, 0.1 is what people begin to dislike. */
export async function layoutShift(page: Page): Promise<number> {
  await page.evaluate('document.fonts.ready.then(() => true)')
  await page.evaluate(afterTwoFrames)
  return page.evaluate<number>('window.layoutShift')
}
