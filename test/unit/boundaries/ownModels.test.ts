import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const server = join(projectRoot, 'server')
const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
const whereServicesAreMade = 'services.ts'
const sourceOf = (file: string) => readFileSync(join(server, file), 'utf8')
const folderOf = (file: string) => file.split(/[\\/]/)[0] ?? ''
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name ?? '')

/** Every collection with the folder that makes its model, as server/models.ts puts them together. */
const owners = new Map(
  [...sourceOf('models.ts').matchAll(/import \{ ([^}]+) \} from '\.\/(\S+\.ts)'/g)].flatMap(([, makers = '', file = '']) =>
    makers.split(', ').flatMap(maker => collectionsOf(maker, file).map((collection): [string, string] => [collection, folderOf(file)])),
  ),
)

/** One for a model of its own, all that it spreads for a folder's models. */
function collectionsOf(maker: string, file: string): string[] {
  const own = namesIn(sourceOf('models.ts'), new RegExp(`(\\w+): ${maker}\\(`, 'g'))
  return own.length > 0 ? own : namesIn(sourceOf(file), /^ {2}(\w+): \w+Model</gm)
}

/** The collections that a file takes: by name, in the type of what it is given, or out of all models. */
function collectionsTaken(source: string): string[] {
  const picked = namesIn(source, /Models(?:, |\[)((?:'\w+'(?: \| )?)+)/g).flatMap(names => namesIn(names, /'(\w+)'/g))
  const destructured = namesIn(source, /\{([^{}]*)\}(?:: Models\b| = \w*\.?models\b)/g).flatMap(names => namesIn(names, /(\w+)/g))
  return [...namesIn(source, /\bmodels\.(\w+)/g), ...picked, ...destructured].filter(name => owners.has(name))
}

const foreign = (file: string, source: string) => collectionsTaken(source).filter(name => owners.get(name) !== folderOf(file))

describe('the collections of a feature', () => {
  it('are known, each with its feature', () => {
    const known = Object.fromEntries(owners)
    expect(known).to.include({ people: 'people', teams: 'organisations', revisions: 'knowledge', accessLinks: 'accounts' })
  })

  it('are used by no other', () => {
    const found = files
      .filter(file => file !== whereServicesAreMade)
      .flatMap(file => foreign(file, sourceOf(file)).map(name => `${file}: ${name}`))
    expect(found).to.deep.equal([])
  })

  it('are never taken all at once, but where services are made', () => {
    const all = files.filter(file => /: Models\b(?!\[)/.test(sourceOf(file)))
    expect(all).to.deep.equal([whereServicesAreMade])
  })

  const crossing = [
    'const found = await this.models.people.find({})',
    "constructor(models: Pick<Models, 'articles' | 'people'>) {",
    "constructor(people: Models['people']) {",
    'export function reading({ people }: Models) {',
    'const { articles, people } = services.models',
  ]
  for (const line of crossing) {
    it(`count as used by ${line}`, () => expect(foreign(join('knowledge', 'articles', 'made-up.ts'), line)).to.deep.equal(['people']))
  }
})
