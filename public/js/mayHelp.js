const pauseMs = 500
const fields = ['title', 'text', 'skills']

/** Shows what may help already while somebody writes what they need: the site looks for it, as it does without a script when asked to. */
export function showWhatMayHelp(page = document) {
  for (const section of page.querySelectorAll('[data-may-help]')) new MayHelp(section)
}

class MayHelp {
  constructor(section) {
    this.address = section.dataset.mayHelp
    this.said = section.querySelector('[data-may-help-said]')
    this.rows = section.querySelector('[data-may-help-rows]')
    this.typed = fields.map(name => section.closest('form').elements.namedItem(name))
    this.asked = this.words().toString()
    for (const field of this.typed) field.addEventListener('input', () => this.lookLater())
  }

  words() {
    return new URLSearchParams(this.typed.map(({ name, value }) => [name, value.trim()]))
  }

  lookLater() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.look(), pauseMs)
  }

  async look() {
    this.asking?.abort()
    const body = this.words()
    if (body.toString() === this.asked) return
    this.asking = new AbortController()
    const { signal } = this.asking
    try {
      const answer = await fetch(this.address, { method: 'POST', body, signal })
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText)
      this.show(await answer.text())
      this.asked = body.toString()
    } catch {
      if (!signal.aborted) this.said.textContent = 'What may help already cannot be looked for at the moment. What you type stays.'
    }
  }

  /** The site has escaped all of it, as on every page. */
  show(html) {
    const part = document.createElement('template')
    part.innerHTML = html
    this.said.textContent = part.content.querySelector('[data-may-help-said]').textContent
    this.rows.replaceChildren(...part.content.querySelector('[data-may-help-rows]').childNodes)
  }
}
