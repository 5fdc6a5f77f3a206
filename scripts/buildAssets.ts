import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { projectRoot } from '../server/http/projectRoot.ts'

/** Builds what browsers fetch into public/built/, each file named after its content, and manifest.json from plain to built names. */

type Manifest = Record<string, string>

const publicDir = join(projectRoot, 'public')
const built = join(publicDir, 'built')
const packages = join(projectRoot, 'node_modules')
const frontend = join(packages, 'govuk-frontend')
const typeface = join(packages, '@fontsource-variable', 'public-sans')

const copied = {
  'mermaid.js': join(packages, 'mermaid', 'dist', 'mermaid.min.js'),
  'public-sans.woff2': join(typeface, 'files', 'public-sans-latin-wght-normal.woff2'),
  'public-sans-italic.woff2': join(typeface, 'files', 'public-sans-latin-wght-italic.woff2'),
}
/** What pages name; the other files of public/js are parts of it. */
const scripts = ['main.js', 'diagramFrame.js']
/** Of browsers that have all that GOV.UK Frontend asks for. */
const target = 'es2020'

const fingerprint = fingerprintOfSources()
if (!isCurrent(fingerprint)) await build(fingerprint)

async function build(current: string): Promise<void> {
  mkdirSync(built, { recursive: true })
  const manifest: Manifest = {}
  for (const [name, source] of Object.entries(copied)) keep(manifest, name, readFileSync(source))
  for (const name of filesIn('images')) keep(manifest, name, readFileSync(join(publicDir, 'images', name)))
  for (const name of scripts) keep(manifest, name, await bundle(join(publicDir, 'js', name)))
  for (const name of filesIn('styles').filter(file => !file.startsWith('_'))) {
    keep(manifest, name.replace(/\.scss$/, '.css'), withBuiltNames(await compileStyle(join(publicDir, 'styles', name)), manifest))
  }
  replace('manifest.json', JSON.stringify(manifest, null, 2))
  replace('fingerprint', current)
  removeAllBut(new Set([...Object.values(manifest), 'manifest.json', 'fingerprint']))
}

/** One module with what it uses, of packages too. The compilers are development packages: they are loaded only when there is something to compile. */
async function bundle(file: string): Promise<string> {
  const esbuild = await import('esbuild')
  const { outputFiles } = await esbuild.build({
    ...{ entryPoints: [file], bundle: true, format: 'esm', target, minify: true, legalComments: 'none', write: false, logLevel: 'warning' },
  })
  return outputFiles[0]?.text ?? ''
}

async function compileStyle(file: string): Promise<string> {
  const sass = await import('sass')
  return sass.compile(file, { loadPaths: [packages], style: 'compressed', quietDeps: true }).css
}

function keep(manifest: Manifest, name: string, content: Buffer | string): void {
  const extension = extname(name)
  const file = `${name.slice(0, -extension.length)}-${hashOf(content).slice(0, 12)}${extension}`
  replace(file, content)
  manifest[name] = file
}

/** Built files name each other as "./name" in their sources. */
function withBuiltNames(text: string, manifest: Manifest): string {
  return text.replace(/(["'(])\.\/([\w.-]+)(["')])/g, (_all, open: string, name: string, close: string) => {
    const file = manifest[name]
    if (file === undefined) throw new Error(`${name} is named in a style, but nothing builds it`)
    return `${open}./${file}${close}`
  })
}

/** In one step, because another process may be reading. */
function replace(file: string, content: Buffer | string): void {
  const draft = join(built, `.${process.pid}-${file}`)
  writeFileSync(draft, content)
  renameSync(draft, join(built, file))
}

function removeAllBut(wanted: ReadonlySet<string>): void {
  for (const file of readdirSync(built)) if (!wanted.has(file) && !file.startsWith('.')) rmSync(join(built, file), { force: true })
}

function fingerprintOfSources(): string {
  const ours = ['styles', 'js', 'images'].flatMap(folder => filesIn(folder).map(name => join(publicDir, folder, name)))
  const theirs = [frontend, typeface, join(packages, 'esbuild'), join(packages, 'mermaid')].map(folder => join(folder, 'package.json'))
  const sources = [...ours, ...theirs, join(projectRoot, 'scripts', 'buildAssets.ts')].filter(existsSync)
  return hashOf(sources.map(file => `${file.slice(projectRoot.length)} ${hashOf(readFileSync(file))}`).join('\n'))
}

function isCurrent(wanted: string): boolean {
  const [manifest, kept] = ['manifest.json', 'fingerprint'].map(name => join(built, name)) as [string, string]
  if (!existsSync(manifest) || !existsSync(kept) || readFileSync(kept, 'utf8') !== wanted) return false
  return Object.values(JSON.parse(readFileSync(manifest, 'utf8')) as Manifest).every(file => existsSync(join(built, file)))
}

function filesIn(folder: string): string[] {
  const path = join(publicDir, folder)
  return existsSync(path) ? readdirSync(path).sort() : []
}

function hashOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex')
}
