import { expect } from 'chai'
import { whyRejected } from '../../../server/search/elasticsearch/elasticsearchFailures.ts'

describe('why Elasticsearch refuses a record', () => {
  it('names the field, and not what stands in it', () => {
    const caused_by = { type: 'illegal_argument_exception', reason: 'failed to parse date field [a secret] with format [date]' }
    const reason =
      "[1:9] failed to parse field [dates.updated] of type [date] in document with id '7'. Preview of field's value: 'a secret'"
    expect(whyRejected({ type: 'document_parsing_exception', reason, caused_by })).to.equal(
      "[1:9] failed to parse field [dates.updated] of type [date] in document with id '7' (illegal_argument_exception)",
    )
  })

  it('names a field that is not declared', () => {
    const reason = '[1:20] mapping set to strict, dynamic introduction of [summary] within [text] is not allowed'
    expect(whyRejected({ type: 'strict_dynamic_mapping_exception', reason })).to.equal(reason)
  })

  it('does not show a term that is too long', () => {
    const reason =
      'Document contains at least one immense term in field="keywords.skill" (longer than 32766). The prefix of the first immense term is: \'[115, 101, 99]...\', original message: bytes can be at most 32766'
    expect(whyRejected({ type: 'illegal_argument_exception', reason }))
      .to.match(/keywords\.skill/)
      .and.not.include('115')
  })

  it('says at least that no reason was given', () => {
    expect(whyRejected(undefined)).to.equal('without a reason')
  })
})
