import type { estypes } from '@elastic/elasticsearch'
import type { SearchMapping } from '../searchEngine.ts'

/** A word is a run of letters and digits, as for FTS5 and for the words of a question: "node.js" is two. */
const tokenizer = { type: 'pattern' as const, pattern: String.raw`[^\p{L}\p{N}\p{M}]+` }
const loneMarks = { type: 'pattern_replace' as const, pattern: String.raw`\p{M}+`, replacement: '' }
/** The engine refuses a document with a term above 32,766 bytes. */
const shortened = { type: 'truncate' as const, length: 255 }

/** English text as FTS5 cuts and stems it: words, small, without accents, Porter's stems; words that only frame a sentence are kept. */
export const englishAnalysis: Required<Pick<estypes.IndicesAnalyzeRequest, 'tokenizer' | 'filter'>> = {
  tokenizer,
  filter: ['lowercase', loneMarks, 'asciifolding', shortened, 'porter_stem'],
}

export const indexSettings: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  analysis: {
    analyzer: {
      written_words: { type: 'custom', tokenizer: 'words', filter: ['lowercase', 'lone_marks', 'asciifolding', 'shortened'] },
      english_text: { type: 'custom', tokenizer: 'words', filter: ['lowercase', 'lone_marks', 'asciifolding', 'shortened', 'porter_stem'] },
    },
    tokenizer: { words: tokenizer },
    filter: { lone_marks: loneMarks, shortened },
  },
}

export function indexMappings({ text, keywords, dates, passages }: SearchMapping): estypes.MappingTypeMapping {
  return {
    dynamic: 'strict',
    properties: {
      id: { type: 'keyword' },
      readers: { type: 'keyword' },
      // As they are written, not as stems: what a mistyped word can be mistaken for.
      words: { type: 'text', analyzer: 'written_words', index_options: 'docs', norms: false },
      text: objectOf(Object.keys(text), { type: 'text', analyzer: 'english_text', copy_to: 'words' }),
      keywords: objectOf(keywords, { type: 'keyword' }),
      dates: objectOf(dates, { type: 'date' }),
      ...(passages === undefined ? {} : { passages: passageMapping(passages.dimensions) }),
    },
  }
}

/** Kept in the engine as a graph of bytes (HNSW), with the engine's own settings for it. */
function passageMapping(dims: number): estypes.MappingProperty {
  const offset: estypes.MappingProperty = { type: 'integer', index: false }
  const vector: estypes.MappingDenseVectorProperty = {
    type: 'dense_vector',
    dims,
    index: true,
    similarity: 'cosine',
    index_options: { type: 'int8_hnsw' },
  }
  return { type: 'nested', dynamic: 'strict', properties: { from: offset, to: offset, vector } }
}

function objectOf(fields: readonly string[], property: estypes.MappingProperty): estypes.MappingProperty {
  return { type: 'object', dynamic: 'strict', properties: Object.fromEntries(fields.map(field => [field, property])) }
}
