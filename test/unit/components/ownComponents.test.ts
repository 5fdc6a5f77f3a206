import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import { createComponents } from '../../../server/http/pageRenderer.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const component = createComponents({ viewsDir: join(projectRoot, 'views'), publicDir: join(projectRoot, 'public'), cache: true })
const shown = (name: string, options: object) => load(component(name, options), null, false)

describe('our components', () => {
  it('an avatar shows the initials of the first and the last name, in the same colour every time', () => {
    const initials = (name: string) => shown('avatar', { name })('.avatar').text()
    expect(['Ines Duarte', 'Cher', ' Anna Maria de la Cruz ', 'Élodie ørsted'].map(initials)).to.deep.equal(['ID', 'C', 'AC', 'ÉØ'])
    expect(component('avatar', { name: 'Ines Duarte' })).to.equal(component('avatar', { name: 'Ines Duarte' }))
    expect(shown('avatar', { name: '' })('.avatar').attr('class')).to.match(/avatar--colour-[1-8]$/)
  })

  it('a reason has a shape of its own for each kind, and says it in words too', () => {
    const reasons = ['declared', 'confirmed', 'shown'].map(shape => shown('reason', { shape, before: 'because' }))
    expect(reasons.map($ => $('svg').children().get(0)?.tagName)).to.deep.equal(['rect', 'path', 'circle'])
    expect(reasons.map($ => $('.reason').text())).to.deep.equal(['Declared: because', 'Confirmed: because', 'Shown: because'])
  })

  it('a row of a person says who, why and what else, and escapes it', () => {
    const $ = shown('personRow', {
      name: '<Ines>',
      href: '/people/ines',
      role: 'Engineer',
      organisation: 'Fire & Rescue',
      badges: [{ text: 'can be lent', kind: 'good' }],
      reasons: [{ shape: 'shown', before: 'wrote', link: { href: '/knowledge/x', text: '3 articles' }, after: 'on <b>it</b>' }],
    })
    expect($('h3 a').text()).to.equal('<Ines>')
    expect($('.row__facts').text()).to.equal('Engineer · Fire & Rescue')
    expect($('.badge--good').text()).to.equal('can be lent')
    expect($('.reason').text()).to.equal('Shown: wrote 3 articles on <b>it</b>')
  })

  it('a row of an article keeps the marks of what was found and escapes its facts', () => {
    const $ = shown('articleRow', { title: 'A <mark>b</mark>', href: '/x', fragments: ['c <mark>d</mark>'], facts: ['<i>How-to</i>'] })
    expect($('mark')).to.have.length(2)
    expect($('i')).to.have.length(0)
  })

  it('a facet has a labelled checkbox for each value, with its count', () => {
    const values = [
      { value: 'cw', label: 'Cheshire West', count: 1200, checked: true },
      { value: 'ce', label: 'Cheshire East', count: 3, checked: false },
    ]
    const $ = shown('facet', { name: 'organisation', title: 'Organisation', values })
    expect($('input[name=organisation][checked]').val()).to.equal('cw')
    expect($(`label[for=${$('input').first().attr('id')}]`).text())
      .to.contain('Cheshire West')
      .and.to.contain('1,200 results')
  })

  it('a facet lists its eight largest values, and every one that is chosen', () => {
    const values = Array.from({ length: 12 }, (_, position) => ({
      value: `v${position}`,
      label: 'A value',
      count: 12 - position,
      checked: position === 10,
    }))
    const $ = shown('facet', { name: 'skill', title: 'Skill', values })
    const listed = $('input')
      .map((_, input) => $(input).val())
      .get()
    expect(listed).to.deep.equal(['v0', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v10'])
  })

  it('a chip is taken off by a link that says what it takes off', () => {
    expect(shown('filterChip', { label: 'skill: VMware', removeHref: '/search?q=x' })('a').text()).to.contain('Remove skill: VMware')
  })
})
