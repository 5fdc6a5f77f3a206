import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const usualPath = '/usr/bin/chromium'
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
