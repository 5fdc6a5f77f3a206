import type { ConsoleMessage, Page, Request, Response } from 'playwright-core'

/** A page that was refused or not found is told of in the console too; which pages those may be is for each test to say. */
const isAboutAnAnswer = (message: ConsoleMessage) => message.text().startsWith('Failed to load resource')
/** The browser gives up what it still fetches when it leaves a page. */
const wasLeft = (request: Request) => request.failure()?.errorText === 'net::ERR_ABORTED'

/** What a browser finds wrong with the pages it shows: errors of scripts, the content security policy, files that are not there. */
export class Complaints {
  private heard: string[] = []

  listenTo(page: Page): void {
    const hear = (what: string) => this.heard.push(`${new URL(page.url()).pathname}: ${what}`)
    page.on('pageerror', error => hear(String(error)))
    page.on('console', message => {
      if (!isAboutAnAnswer(message)) hear(message.text())
    })
    page.on('requestfailed', request => {
      if (!wasLeft(request)) hear(`${request.url()} ${request.failure()?.errorText}`)
    })
    page.on('response', (response: Response) => {
      if (response.status() >= 500 || (response.status() >= 400 && !response.request().isNavigationRequest()))
        hear(`${response.url()} answered ${response.status()}`)
    })
  }

  /** What was heard since the last time. */
  take(): string[] {
    const taken = this.heard
    this.heard = []
    return taken
  }
}
