import type { Known, KnownSettings } from '../partnership/knownSettings.ts'
import type { PageRenderer } from './pageRenderer.ts'

const title = 'More people ask just now than this site can serve'
const model = { title, status: 503, message: 'Nothing was lost. Wait a few seconds, then load the page again.' }

/** For those who are sent away: made once for as long as the settings stay, since it must cost next to nothing. */
export function busyPage({ knownSettings }: { knownSettings: KnownSettings }, renderer: PageRenderer): () => string {
  let shown: { known: Known; html: string } | undefined
  return () => {
    const known = knownSettings.now()
    if (shown?.known !== known) {
      const { name: partnership, style, logo, help } = known
      shown = { known, html: renderer.render('errors/failure', model, { partnership, style, logo, help, path: '' }) }
    }
    return shown.html
  }
}
