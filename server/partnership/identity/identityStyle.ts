import { createHash } from 'node:crypto'
import type { RequestHandler } from 'express'
import { darkColours, isReadable, lightColours, moreContrast, type Properties } from './identityColours.ts'

const address = /^\/identity-([0-9a-f]{6})-([0-9a-f]{12})\.css$/
const yearSeconds = 31_536_000

/**
 * The style sheet of a partnership's colour. It is made of the colour in its address, so that every process has it at once and browsers keep it; a
 * printed page and a system with forced colours have their own.
 */
export const identityStyle: RequestHandler = (req, res, next) => {
  const [, digits, version] = address.exec(req.path) ?? []
  const colour = `#${digits}`
  if (digits === undefined || !isReadable(colour)) return next()
  const css = styleOf(colour)
  // Another version of the site may have named it: what this one makes of the colour serves until it is gone.
  res.set('Cache-Control', versionOf(css) === version ? `public, max-age=${yearSeconds}, immutable` : 'no-store')
  res.type('css').send(css)
}

/** Where the style sheet of this colour is. */
export const identityStyleAddress = (colour: string): string => `/identity-${colour.slice(1)}-${versionOf(styleOf(colour))}.css`

function styleOf(colour: string): string {
  const dark = (rule: string, and = '') => `@media screen and (prefers-color-scheme: dark)${and} {${rule}}`
  const more = ' and (prefers-contrast: more)'
  return [
    `@media screen {${root(lightColours(colour))}}`,
    dark(root(darkColours(colour))),
    `@media screen${more} {${root(moreContrast.light(colour))}}`,
    dark(root(moreContrast.dark(colour)), more),
  ].join('\n')
}

const root = (properties: Properties) =>
  `:root {${Object.entries(properties)
    .map(([name, colour]) => `--${name}: ${colour}`)
    .join(';')}}`

const versionOf = (css: string) => createHash('sha256').update(css).digest('hex').slice(0, 12)
