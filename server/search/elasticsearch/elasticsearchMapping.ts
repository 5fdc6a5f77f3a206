import type { estypes } from '@elastic/elasticsearch'
import type { SearchMapping } from '../searchEngine.ts'

/** English text as FTS5 cuts and stems it: words, small, without accents, Porter's stems. */
export const indexSettings: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  analysis: {
    analyzer: {
      english_text: { type: 'custom', tokenizer: 'standard', filter: ['lowercase', 'possessive', 'asciifolding', 'stop', 'porter_stem'] },
    },
    filter: { possessive: { type: 'stemmer', language: 'possessive_english' } },
  },
}

export function indexMappings({ text, keywords, dates }: SearchMapping): estypes.MappingTypeMapping {
  return {
    dynamic: 'strict',
    properties: {
      id: { type: 'keyword' },
      readers: { type: 'keyword' },
      text: objectOf(Object.keys(text), { type: 'text', analyzer: 'english_text' }),
      keywords: objectOf(keywords, { type: 'keyword' }),
      dates: objectOf(dates, { type: 'date' }),
    },
  }
}

function objectOf(fields: readonly string[], property: estypes.MappingProperty): estypes.MappingProperty {
  return { type: 'object', dynamic: 'strict', properties: Object.fromEntries(fields.map(field => [field, property])) }
}
