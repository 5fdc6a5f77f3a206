import { basename, join } from 'node:path'
import express, { type RequestHandler } from 'express'
import { projectRoot } from './projectRoot.ts'

/** What the frame of a diagram loads: it is closed in, so its requests come from no origin at all. */
const forClosedFrames = /^(mermaid|diagramFrame)-\w+\.js$/

/** What browsers fetch, under names that say their content. */
export const builtAssets = (): RequestHandler =>
  express.static(join(projectRoot, 'public', 'built'), {
    immutable: true,
    maxAge: '365d',
    index: false,
    setHeaders: (res, path) => {
      if (forClosedFrames.test(basename(path))) res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    },
  })
