import { drawDiagrams } from './diagrams.js'

const pauseMs = 400

/** Shows a text as it will look while somebody types: the site draws it, as it draws every page. */
export function previewWhileTyping(page = document) {
  for (const section of page.querySelectorAll('[data-preview]')) new Preview(section)
}

class Preview {
  constructor(section) {
    this.section = section
    this.text = document.getElementById(section.dataset.previewOf)
    this.drawn = section.querySelector('[data-preview-text]')
    this.problem = section.querySelector('[data-preview-problem]')
    this.text.addEventListener('input', () => this.lookLater())
    this.look()
  }

  lookLater() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.look(), pauseMs)
  }

  async look() {
    this.asking?.abort()
    this.asking = new AbortController()
    const { signal } = this.asking
    try {
      const body = new URLSearchParams({ text: this.text.value })
      const answer = await fetch(this.section.dataset.preview, { method: 'POST', body, signal })
      if (answer.ok && !answer.redirected) this.show(await answer.json())
      else this.show({ problem: 'The preview is not there at the moment. What you type stays.' })
    } catch {
      if (!signal.aborted) this.show({ problem: 'The preview could not be fetched. What you type stays.' })
    }
  }

  /** The site has made the HTML safe, as on every page. */
  show({ html, problem }) {
    this.section.hidden = html === '' && problem === undefined
    this.problem.hidden = problem === undefined
    this.problem.textContent = problem ?? ''
    if (html === undefined || html === this.html) return
    this.html = html
    this.drawn.innerHTML = html
    drawDiagrams(this.drawn)
  }
}
