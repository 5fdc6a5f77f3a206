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
let users = 0

/** The one that the sites of a process share: what one visits is no business of the others. Whoever borrows it gives it back; the last one closes it. */
export function borrowChromium(): Promise<Browser> {
  users += 1
  shared ??= launchChromium()
  return shared
}

export async function giveChromiumBack(): Promise<void> {
  users -= 1
  if (users > 0) return
  const browser = shared
  shared = undefined
  await (await browser)?.close()
}
