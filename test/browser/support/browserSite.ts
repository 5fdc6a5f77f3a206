import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Page } from 'playwright-core'
import { startTestSite, type TestSite } from '../../support/testSite.ts'
import { SignInPage } from '../pages/signInPage.ts'
import { Complaints } from './complaints.ts'
import { borrowChromium, giveChromiumBack } from './launchChromium.ts'

export interface Visit {
  /** Whether the browser runs scripts: it does unless told. */
  scripts?: boolean
  /** Of the window, in CSS pixels. */
  width?: number
  /** Who signs in, through the form. */
  as?: { email: string }
}

/** The real site, listening, and a Chromium that visits it. Whoever starts it closes it. */
export interface BrowserSite {
  site: TestSite
  /** A window of a browser of its own: nothing is shared with other visits. */
  visit(visit?: Visit): Promise<Page>
  /** Closes the windows. @throws Error with everything that a browser complained of */
  endVisits(): Promise<void>
  close(): Promise<void>
}

export async function startBrowserSite(
  options: Pick<NonNullable<Parameters<typeof startTestSite>[0]>, 'clock'> = {},
): Promise<BrowserSite> {
  const chromium = await borrowChromium()
  const site = await startTestSite(options)
  const server = site.app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const complaints = new Complaints()
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const contexts: BrowserContext[] = []
  return {
    site,
    async visit({ scripts = true, width = 1280, as } = {}) {
      const context = await chromium.newContext({ baseURL, javaScriptEnabled: scripts, viewport: { width, height: 800 } })
      contexts.push(context)
      context.setDefaultTimeout(30_000)
      const page = await context.newPage()
      complaints.listenTo(page)
      if (as !== undefined) await (await SignInPage.open(page)).signIn(as.email)
      return page
    },
    async endVisits() {
      for (const context of contexts.splice(0)) await context.close()
      const heard = [...complaints.take(), ...failuresLogged(site)]
      if (heard.length > 0) throw new Error(`The browser complained:\n${heard.join('\n')}`)
    },
    async close() {
      for (const context of contexts.splice(0)) await context.close()
      await giveChromiumBack()
      await stop(server)
      await site.close()
    },
  }
}

const failuresLogged = ({ logged }: TestSite) => logged.splice(0).flatMap(({ level, msg }) => (level >= 50 ? [`logged: ${msg}`] : []))

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve, reject) => server.close(error => (error ? reject(error) : resolve())))
}
