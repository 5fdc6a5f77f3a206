/** Whoever has opened a page of what is new has looked at it: its button is pressed for them. */
export function tellLooked(page = document) {
  const form = page.querySelector('form[data-looked]')
  if (form === null) return
  const told = { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual', keepalive: true }
  fetch(form.action, told).then(
    ({ type }) => {
      form.hidden = type === 'opaqueredirect'
    },
    () => undefined,
  )
}
