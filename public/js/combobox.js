import { Suggestions } from './suggestions.js'

const pauseMs = 150
let made = 0

/**
 * An input with suggestions while typing: the editable combobox with list autocomplete of the ARIA Authoring Practices. What is typed counts; a
 * suggestion takes its place only when it is chosen.
 *
 * `data-combobox` is the address that answers `?q=` with `{"suggestions": [{"value": "VMware", "hint": "vSphere"}]}`. Several can be typed with
 * `data-combobox-separator` between: the part at the caret is completed. A suggestion with an `href` is a page, and choosing it leads there. With the id
 * of a text in `data-combobox-insert`, choosing one writes its `insert` into that text, where the caret stood.
 */
export function offerSuggestions(page = document) {
  for (const input of page.querySelectorAll('input[data-combobox]')) new Combobox(input)
}

class Combobox {
  constructor(input) {
    this.input = input
    this.suggestions = new Suggestions(input.dataset.combobox)
    this.separator = input.dataset.comboboxSeparator
    this.target = document.getElementById(input.dataset.comboboxInsert ?? '')
    this.list = element('ul', {
      role: 'listbox',
      id: `suggestions-${++made}`,
      class: 'combobox__list',
      'aria-label': 'Suggestions',
      hidden: '',
    })
    this.status = element('div', { role: 'status', class: 'govuk-visually-hidden' })
    const place = element('div', { class: 'combobox' })
    place.append(this.list, this.status)
    input.after(place)
    input.autocomplete = 'off'
    assign(input, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id })
    this.listen()
  }

  listen() {
    this.input.addEventListener('input', () => this.lookLater())
    this.input.addEventListener('keydown', event => this.press(event))
    this.input.addEventListener('blur', () => this.close())
    // The focus stays in the input, so that a touch or click is not first a blur.
    this.list.addEventListener('mousedown', event => event.preventDefault())
    this.list.addEventListener('click', event => this.choose(event.target.closest('[role=option]')))
  }

  lookLater() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.look(), pauseMs)
  }

  async look() {
    clearTimeout(this.waiting)
    const [, words] = this.parts()
    const found = await this.suggestions.of(words.trim())
    if (found === undefined || document.activeElement !== this.input) return
    this.show(found)
    this.say(words.trim() === '' ? '' : spoken(found.length))
  }

  show(found) {
    this.close()
    this.list.replaceChildren(...found.map((suggestion, position) => this.option(suggestion, position)))
    this.list.hidden = found.length === 0
    this.input.setAttribute('aria-expanded', String(found.length > 0))
  }

  option({ value, hint, href, insert }, position) {
    const id = `${this.list.id}-${position}`
    const option = element('li', { role: 'option', id, class: 'combobox__option', 'aria-selected': 'false', 'data-value': value })
    option.append(value)
    if (href) option.dataset.href = href
    if (insert) option.dataset.insert = insert
    if (!hint) return option
    const further = element('span', { class: 'combobox__hint' })
    further.append(hint)
    option.append(' ', further)
    return option
  }

  press(event) {
    if (event.isComposing) return
    const options = [...this.list.children]
    const at = options.indexOf(this.active)
    if (event.key === 'ArrowDown' && this.list.hidden) this.look()
    else if (event.key === 'ArrowDown') this.activate(options[(at + 1) % options.length])
    else if (event.key === 'ArrowUp' && !this.list.hidden) this.activate(options.at(at <= 0 ? -1 : at - 1))
    else if (event.key === 'Enter' && this.active) this.choose(this.active)
    else if (event.key === 'Escape' && !this.list.hidden) this.close()
    else if (event.key === 'Tab' && this.active && !this.active.dataset.href) return this.choose(this.active)
    else return
    event.preventDefault()
  }

  activate(option) {
    this.active?.setAttribute('aria-selected', 'false')
    this.active = option
    if (option === undefined) return this.input.removeAttribute('aria-activedescendant')
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    this.input.setAttribute('aria-activedescendant', option.id)
  }

  choose(option) {
    if (!option) return
    const [before, , after] = this.parts()
    const { value, href, insert } = option.dataset
    if (this.target && insert) return this.insert(insert, value)
    const lead = before === '' ? '' : `${before} `
    this.input.value = `${lead}${value}${after}`
    this.input.setSelectionRange(lead.length + value.length, lead.length + value.length)
    this.close()
    this.say(`${value} is chosen`)
    if (href) location.assign(href)
  }

  insert(text, name) {
    this.target.setRangeText(text, this.target.selectionStart, this.target.selectionEnd, 'end')
    this.target.dispatchEvent(new Event('input', { bubbles: true }))
    this.input.value = ''
    this.close()
    this.say(`A link to ${name} is in the text`)
  }

  close() {
    clearTimeout(this.waiting)
    this.suggestions.stop()
    this.activate(undefined)
    this.list.hidden = true
    this.input.setAttribute('aria-expanded', 'false')
  }

  /** What stands before the part at the caret, the part, and what stands after it. */
  parts() {
    const { value } = this.input
    if (!this.separator) return ['', value, '']
    const caret = this.input.selectionStart ?? value.length
    const from = value.lastIndexOf(this.separator, caret - 1) + 1
    const next = value.indexOf(this.separator, caret)
    const to = next === -1 ? value.length : next
    return [value.slice(0, from), value.slice(from, to), value.slice(to)]
  }

  say(text) {
    this.status.textContent = text
  }
}

const spoken = count => {
  if (count === 0) return 'No suggestions'
  return `${count} ${count === 1 ? 'suggestion' : 'suggestions'}, up and down arrows move through them`
}

const element = (name, attributes) => assign(document.createElement(name), attributes)

function assign(part, attributes) {
  for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value)
  return part
}
