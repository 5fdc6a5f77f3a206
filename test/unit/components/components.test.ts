import { join } from 'node:path'
import { expect } from 'chai'
import { createComponents } from '../../../server/http/pageRenderer.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { type Fixture, fixturesOf, normalised } from './fixtures.ts'

const component = createComponents({ viewsDir: join(projectRoot, 'views'), publicDir: join(projectRoot, 'public'), cache: true })

const ours: Record<string, string> = {
  'back-link': 'backLink',
  breadcrumbs: 'breadcrumbs',
  button: 'button',
  checkboxes: 'checkboxes',
  details: 'details',
  'error-message': 'errorMessage',
  'error-summary': 'errorSummary',
  fieldset: 'fieldset',
  'file-upload': 'fileUpload',
  hint: 'hint',
  input: 'input',
  'inset-text': 'insetText',
  label: 'label',
  'notification-banner': 'notificationBanner',
  pagination: 'pagination',
  'password-input': 'passwordInput',
  radios: 'radios',
  select: 'select',
  'skip-link': 'skipLink',
  'summary-list': 'summaryList',
  table: 'table',
  tag: 'tag',
  textarea: 'textarea',
  'warning-text': 'warningText',
}

const translations = 'the site is in English only, so components take no translations'
const leftOut: Record<string, string> = {
  'file-upload: translated, no javascript enhancement': translations,
  'file-upload: translated': translations,
  'password-input: with translations': translations,
}

describe('components', () => {
  for (const [theirs, name] of Object.entries(ours)) {
    describe(name, () => {
      for (const fixture of fixturesOf(theirs)) exampleOf(theirs, name, fixture)
    })
  }

  it('leaves out only examples that exist', () => {
    const all = Object.keys(ours).flatMap(theirs => fixturesOf(theirs).map(({ name }) => `${theirs}: ${name}`))
    expect(all).to.include.members(Object.keys(leftOut))
  })

  it('notices a wrong attribute, class, word and order (the comparison can fail)', () => {
    const right = '<p class="a b" id="x">One <b>two</b></p>'
    expect(normalised('<p id="x"  class="b a">\n One <b>two</b> </p>')).to.deep.equal(normalised(right))
    for (const wrong of [
      '<p class="a" id="x">One <b>two</b></p>',
      '<p class="a b" id="y">One <b>two</b></p>',
      '<p class="a b" id="x"><b>two</b> One</p>',
    ]) {
      expect(normalised(wrong)).not.to.deep.equal(normalised(right))
    }
  })

  it('fails on an example rendered with other options', () => {
    const [first] = fixturesOf('button')
    expect(normalised(component('button', { ...first?.options, text: 'Other' }))).not.to.deep.equal(normalised(first?.html ?? ''))
  })
})

function exampleOf(theirs: string, name: string, fixture: Fixture): void {
  const reason = leftOut[`${theirs}: ${fixture.name}`]
  if (reason !== undefined) return
  it(`gives GOV.UK's markup: ${fixture.name}`, () => {
    expect(normalised(component(name, fixture.options))).to.deep.equal(normalised(fixture.html))
  })
}
