import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'cheerio'
import { projectRoot } from '../../../server/http/projectRoot.ts'

export interface Fixture {
  name: string
  options: object
  html: string
}

/** The examples that GOV.UK Frontend ships for one of its components, with the HTML that its own templates give. */
export function fixturesOf(component: string): Fixture[] {
  const file = join(projectRoot, 'node_modules/govuk-frontend/dist/govuk/components', component, 'fixtures.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { fixtures: Fixture[] }).fixtures
}

interface Node {
  type: string
  name?: string
  data?: string
  attribs?: Record<string, string>
  children?: Node[]
}

/** HTML as lines, one per element or text: attributes sorted, class names as a set, white space as one space. */
export function normalised(html: string): string[] {
  const body = load(html, null, false).root()[0] as unknown as Node
  return (body.children ?? []).flatMap(node => lines(node, ''))
}

function lines(node: Node, indent: string): string[] {
  if (node.type === 'text') return textLines(node.data ?? '', indent)
  if (node.type === 'comment') return []
  const attributes = Object.entries(node.attribs ?? {}).map(([name, value]) => `${name}="${name === 'class' ? sortedWords(value) : value}"`)
  const children = (node.children ?? []).flatMap(child => lines(child, `${indent}  `))
  return [`${indent}<${[node.name, ...attributes.sort()].join(' ')}>`, ...children]
}

const textLines = (text: string, indent: string) => (text.trim() === '' ? [] : [`${indent}${text.trim().replace(/\s+/g, ' ')}`])

const sortedWords = (text: string) => text.split(/\s+/).filter(Boolean).sort().join(' ')
