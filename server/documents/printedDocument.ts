import type { Block } from './markdownBlocks.ts'

/** What is given out as a file to read: PDF, Word. */
export interface PrintedDocument {
  title: string
  /** Shown on every page where it is not plain OFFICIAL. */
  marking: string
  /** "Owner: Desk", one after the other. */
  facts: { label: string; text: string }[]
  blocks: Block[]
}
