import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs, { type TemplateFunction } from 'ejs'
import type { Help, Logo } from '../partnership/settingModel.ts'
import { attributes, classes, content, describedBy, optional, textual } from './markup.ts'

export interface PageRenderer {
  /** @param view  the file under views/ without its extension, e.g. 'knowledge/article'; it comes out inside views/layout/page.ejs */
  render(view: string, model: object, page: PageContext): string
  /** A document of its own, outside of the layout. */
  renderAlone(view: string): string
  /** What a script puts into a page that is there, printed as the page itself prints it. */
  renderPart(view: string, model: object): string
}

export interface PageContext {
  partnership: string
  /** The address of the style sheet of the partnership's colour. */
  style?: string | undefined
  logo?: Logo | undefined
  help?: Help | undefined
  /** `unread` as it is shown: "3", "9+", or empty. */
  person?: { name: string; slug: string; photo?: string | undefined; administrator: boolean; unread?: string }
  path: string
  q?: string
  title?: string
  notice?: { kind: 'success' | 'attention'; text: string }
}

export interface RendererOptions {
  viewsDir: string
  publicDir: string
  /** Whether views and the list of built files are read once; without it every page reads them again. */
  cache: boolean
}

/** Prints views/components/<name>.ejs, in which there is one object, `options`. */
export type Component = (name: string, options?: object) => string

/**
 * Every view has `component(name, options)`, `asset(name)`, the address of a built file, `page`, who asks and what is known of the partnership, and
 * its model's properties by their names (`locals.name` for those that may be absent; `errors` is always there).
 */
export function createPageRenderer(options: RendererOptions): PageRenderer {
  const template = templates(options)
  const asset = builtFiles(options)
  const helpers = { component: createComponents(options), asset }
  return {
    render(view, model, page) {
      const main = template(view)({ errors: {}, ...model, ...helpers, page })
      return template('layout/page')({ ...helpers, main, page, model, title: titleOf(model, page), problems: problemsOf(model) })
    },
    renderAlone: view => template(view)(helpers),
    renderPart: (view, model) => template(view)({ ...model, ...helpers }),
  }
}

export function createComponents(rendererOptions: RendererOptions): Component {
  const template = templates(rendererOptions)
  const markup = { attributes, classes, content, describedBy, optional, textual }
  const component: Component = (name, options = {}) => template(`components/${name}`)({ options, component, ...markup })
  return component
}

function titleOf(model: object, { title, partnership }: PageContext): string {
  const heading = 'title' in model && typeof model.title === 'string' ? model.title : title
  const words = [heading, partnership].filter(Boolean).join(' – ')
  return problemsOf(model).length > 0 ? `Error: ${words}` : words
}

/** The form's problems as the error summary lists them. A field's id is its name; `form` is the form as a whole. */
function problemsOf(model: object): { text: string; href?: string }[] {
  const errors = 'errors' in model && typeof model.errors === 'object' && model.errors !== null ? model.errors : {}
  return Object.entries(errors).map(([field, text]) => ({ text: String(text), ...(field === 'form' ? {} : { href: `#${field}` }) }))
}

function templates({ viewsDir, cache }: RendererOptions): (name: string) => TemplateFunction {
  const compiled = new Map<string, TemplateFunction>()
  return name => {
    const known = compiled.get(name)
    if (known !== undefined) return known
    const filename = join(viewsDir, `${name}.ejs`)
    const fresh = ejs.compile(readFileSync(filename, 'utf8'), { filename })
    if (cache) compiled.set(name, fresh)
    return fresh
  }
}

function builtFiles({ publicDir, cache }: RendererOptions): (name: string) => string {
  const folder = join(publicDir, 'built')
  let known: Record<string, string> | undefined
  return name => {
    const manifest = known ?? readManifest(folder)
    if (cache) known = manifest
    const file = manifest[name]
    if (file === undefined) throw new Error(`${name} is not among the built files. Run "npm run build".`)
    return `/assets/${file}`
  }
}

function readManifest(folder: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>
  } catch (error) {
    throw new Error(`The styles and scripts of the pages are not built (${folder}). Run "npm run build".`, { cause: error })
  }
}
