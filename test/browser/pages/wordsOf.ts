import type { Locator } from 'playwright-core'

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What an element says, in one line. */
export const wordsOf = async (element: Locator): Promise<string> => inOneLine((await element.textContent()) ?? '')

export const wordsOfEach = async (elements: Locator): Promise<string[]> => (await elements.allTextContents()).map(inOneLine)
