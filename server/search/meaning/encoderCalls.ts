import type { PassageText } from './encoder.ts'

/** What the main thread asks of the worker, and what it answers. */
export type EncoderCall = { id: number } & ({ name: 'open' } | { name: 'question'; text: string } | { name: 'passages'; text: PassageText })
export type EncoderReply = { id: number; result: unknown } | { id: number; problem: string }
