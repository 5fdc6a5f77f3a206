/** Whoever marks words of a text is offered to comment on them: the words go into the form, which takes them without a script too. */
export function offerPassages(page = document) {
  for (const form of page.querySelectorAll('[data-passage-of]')) new Passages(form)
}

class Passages {
  constructor(form) {
    this.form = form
    this.text = document.getElementById(form.dataset.passageOf)
    this.longest = Number(form.dataset.longest)
    this.offer = this.button()
    this.text.after(this.offer)
    document.addEventListener('selectionchange', () => this.look())
  }

  button() {
    const offer = document.createElement('button')
    offer.type = 'button'
    offer.className = 'govuk-button passage-offer'
    offer.textContent = 'Comment on these words'
    offer.hidden = true
    // Pressing it leaves the words marked.
    offer.addEventListener('mousedown', event => event.preventDefault())
    offer.addEventListener('click', () => this.take())
    return offer
  }

  /** The words stay remembered when the button takes the focus. */
  look() {
    const selection = document.getSelection()
    const words = selection === null || selection.isCollapsed ? '' : selection.toString().replace(/\s+/g, ' ').trim()
    const isOfText = words !== '' && this.text.contains(selection.anchorNode) && this.text.contains(selection.focusNode)
    if (!isOfText && document.activeElement === this.offer) return
    this.words = isOfText && words.length <= this.longest ? words : ''
    this.offer.hidden = this.words === ''
  }

  take() {
    const passage = this.form.elements.namedItem('passage')
    passage.value = this.words
    passage.closest('details').open = true
    this.offer.hidden = true
    this.form.elements.namedItem('comment').focus()
  }
}
