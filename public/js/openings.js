/** Tells the site which of the results was opened, and where it stood, so that administrators learn what is found late or not at all. */
export function tellOpenings(page = document) {
  const results = page.querySelector('[data-asked]')
  if (results === null) return
  results.addEventListener('click', event => tell(results, event))
  results.addEventListener('auxclick', event => event.button === 1 && tell(results, event))
}

/** A beacon goes on its way although the page is left. */
function tell(results, { target }) {
  const row = target.closest('.row__title a')?.closest('[data-result]')
  if (!row) return
  const told = new URLSearchParams(row.dataset.result)
  told.set('words', results.dataset.asked)
  navigator.sendBeacon('/search/opened', told)
}
