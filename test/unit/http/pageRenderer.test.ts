import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import { createPageRenderer, type PageContext } from '../../../server/http/pageRenderer.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const renderer = createPageRenderer({ viewsDir: join(projectRoot, 'views'), publicDir: join(projectRoot, 'public'), cache: true })
const asked: PageContext = { partnership: 'Cheshire ICT', path: '/nowhere' }
const ines = { name: 'Ines Duarte', slug: 'ines-duarte', administrator: false }
const failure = { title: 'Page not found', status: 404, message: 'There is no such page.' }
const page = (model: object = {}, context: Partial<PageContext> = {}) =>
  load(renderer.render('errors/failure', { ...failure, ...model }, { ...asked, ...context }))

describe('page renderer', () => {
  it('names the page and the partnership in the title', () => {
    expect(page()('title').text()).to.equal('Page not found – Cheshire ICT')
  })

  it('says Error in the title and lists the problems with links to their fields', () => {
    const $ = page({ errors: { name: 'Enter a name', form: 'Nothing was sent' } })
    expect($('title').text()).to.match(/^Error: /)
    expect($('.govuk-error-summary a').attr('href')).to.equal('#name')
    expect($('.govuk-error-summary li').text()).to.contain('Nothing was sent')
  })

  it('escapes what it is given, in the page and in the layout', () => {
    const html = renderer.render('errors/failure', { ...failure, message: '<script>1</script>' }, { ...asked, partnership: '<i>x</i>' })
    expect(html).not.to.contain('<script>1').and.not.to.contain('<i>x</i>')
  })

  it('has one search box for a signed-in person, with what was asked, and none for a visitor', () => {
    expect(page({}, { person: ines, q: 'vm"ware' })('form[action="/search"] [name=q]').val()).to.equal('vm"ware')
    expect(page()('form[action="/search"]')).to.have.length(0)
  })

  it('shows administration to administrators alone', () => {
    expect(page({}, { person: ines })('a[href="/admin"]')).to.have.length(0)
    expect(page({}, { person: { ...ines, administrator: true } })('a[href="/admin"]')).to.have.length(1)
  })

  it('marks the current place and lets people sign out with a form', () => {
    const $ = page({}, { person: ines, path: '/people/ines-duarte' })
    expect($('nav [aria-current]').text()).to.equal('People')
    expect($('form[method=post][action="/sign-out"] button').text()).to.equal('Sign out')
  })

  it('shows a notice as text', () => {
    const $ = page({}, { notice: { kind: 'success', text: 'Saved <b>' } })
    expect($('.govuk-notification-banner--success').text()).to.contain('Saved <b>')
  })

  it('has no inline script, style element, style attribute or handler, which the content security policy would refuse', () => {
    const $ = page({ errors: { name: 'Enter a name' } }, { person: ines, notice: { kind: 'attention', text: 'Soon' } })
    expect($('script:not([src]), style, [style]')).to.have.length(0)
    const attributes = $('*')
      .get()
      .flatMap(element => Object.keys($(element).attr() ?? {}))
    expect(attributes.filter(name => name.startsWith('on'))).to.deep.equal([])
  })

  it('names built files by their content', () => {
    expect(page()('link[rel=stylesheet]').attr('href')).to.match(/^\/assets\/main-[0-9a-f]{12}\.css$/)
  })
})
