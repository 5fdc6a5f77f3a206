import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's. The shell is the same browser without the windows that nobody sees, and three times as quick. */
const usualPaths = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium']
const usualPath = usualPaths.find(existsSync) ?? '/usr/bin/chromium'
const onlyThisMachine = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'

/** The Chromium that CHROMIUM names, or Debian's. Without one the tests fail: skipped, they would say nothing and look well. */
export async function launchChromium(executablePath = process.env.CHROMIUM || usualPath): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it (on Debian: apt-get install chromium) or set CHROMIUM to its path.`,
    )
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', onlyThisMachine] })
}

let shared: Promise<Browser> | undefined

/** The one that the tests of a process share: what one visits is no business of the others, for each visit has a window of a browser of its own. */
export function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium()
  return shared
}

export async function closeSharedChromium(): Promise<void> {
  const browser = shared
  shared = undefined
  await (await browser)?.close()
}
