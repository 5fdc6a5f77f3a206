const pauseMs = 2_000
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' })

/** What is typed in a long form is kept while it is typed, and sent at the latest when the page is left; the form says when. */
export function keepWorkingText(page = document) {
  const form = page.querySelector('form[data-working-text]')
  if (form === null) return
  const told = form.querySelector('[data-working-text-state]')
  let waiting
  let isChanged = false
  let isSent = false
  let sending

  const keep = async () => {
    clearTimeout(waiting)
    if (!isChanged || isSent) return
    isChanged = false
    const body = new URLSearchParams(new FormData(form))
    // Browsers carry no more than 64 kB over the end of a page.
    const keepalive = page.visibilityState === 'hidden' && body.toString().length < 60_000
    sending = new AbortController()
    const kept = await fetch(form.dataset.workingText, { method: 'POST', body, keepalive, signal: sending.signal }).catch(() => undefined)
    if (isSent) return
    if (kept?.status !== 204) isChanged = true
    if (told !== null)
      told.textContent =
        kept?.status === 204 ? `What you typed is kept for you, ${time.format(new Date())}` : 'What you typed could not be kept just now'
  }

  form.addEventListener('input', () => {
    isChanged = true
    clearTimeout(waiting)
    waiting = setTimeout(keep, pauseMs)
  })
  form.addEventListener('submit', () => {
    isSent = true
    clearTimeout(waiting)
    sending?.abort()
  })
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) isSent = false
  })
  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'hidden') keep()
  })
}
