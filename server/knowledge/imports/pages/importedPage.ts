/** A page of another system, or of another Skillpool, as Markdown. */
export interface ImportedPage {
  /** Where it is in what was sent, with slashes: "guides/setup.md". Its links are relative to it. */
  path: string
  title: string
  /** Links and pictures in it are as they were written there. */
  text: string
  /** What stands in front of it, when that was written by Skillpool. */
  fields?: Record<string, unknown>
  /** Of the same: its earlier texts, each with what stands in front. */
  history?: { fields: Record<string, unknown>; text: string }[]
  /** Paths of files that belong to it, whether its text names them or not. */
  files?: string[]
  /** Other paths or names under which pages link to it: "Main Page". */
  names?: string[]
}

/** What was sent: files by path. */
export interface SentFiles {
  /** What it is called in messages: "wiki.zip". */
  name: string
  paths: readonly string[]
  bytes(path: string): Uint8Array
}

/** What came of reading it. */
export interface ReadPages {
  pages: ImportedPage[]
  /** Files that are neither pages nor belong to one, or cannot be read, with the reason. */
  leftOut: { path: string; reason: string }[]
  /** Collections that Skillpool wrote: what stands in front, and the summary. */
  collections: { path: string; fields: Record<string, unknown>; text: string }[]
}
