import type { SignedInPerson } from '../access/accessTokens.ts'

declare global {
  namespace Express {
    interface Request {
      /** Who asks, computed for this request; absent for visitors. */
      person?: SignedInPerson
      /** How many notifications are unread, as it is shown: asked ahead where a page is looked at. */
      unread?: Promise<string>
      /** For the log and the error page. */
      id: string
    }
    interface Response {
      /** Renders views/<view>.ejs inside the layout. `title` is the page's title; `errors` a map from field to message. */
      page(view: string, model: { title: string } & Record<string, unknown>): void
      /** Prints views/<view>.ejs as a document of its own, outside of the layout. */
      alone(view: string): void
      /** Prints views/<view>.ejs outside of the layout, for a script that puts it into a page. */
      part(view: string, model: object): void
      /** Says something on the next page that this browser opens. Kept in the sign-in. */
      say(text: string, kind?: 'success' | 'attention'): void
    }
  }
}
