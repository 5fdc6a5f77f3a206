import { accessTokens, partnershipToken, type SignedInPerson } from '../../server/access/accessTokens.ts'
import type { HelpRequest } from '../../server/pooling/requests/requestModel.ts'
import type { Query, QueryJudgements } from '../../server/search/evaluation/judgedSet.ts'
import { hasRelevant, mean, success } from '../../server/search/evaluation/metrics.ts'
import type { Services } from '../../server/services.ts'

const invited = 5

export interface MatchingQuality {
  queries: number
  /** The part of the queries for which one of the first five who would be invited is relevant. */
  success5: number
}

const asker: SignedInPerson = {
  id: 'evaluation',
  name: 'Evaluation',
  slug: 'evaluation',
  organisationId: 'evaluation',
  teamIds: [],
  roles: ['member'],
  tokens: accessTokens({ id: 'evaluation', organisationId: 'evaluation', teamIds: [], roles: ['member'] }),
}

/** Each query that somebody is judged relevant for, as a request for help without skills: whom "ask for me" would invite. */
export async function askedForHelp(
  { matching }: Pick<Services, 'matching'>,
  { queries, judgements, progress }: { queries: readonly Query[]; judgements: QueryJudgements; progress(asked: number, of: number): void },
): Promise<MatchingQuality> {
  const judged = queries.filter(({ id }) => hasRelevant(judgements.get(id) ?? new Map()))
  const measured: number[] = []
  for (const { id, text } of judged) {
    const best = await matching.bestFor(asRequest(text), asker, invited)
    measured.push(
      success(
        best.map(({ person }) => person._id),
        judgements.get(id) ?? new Map(),
        invited,
      ),
    )
    progress(measured.length, judged.length)
  }
  return { queries: measured.length, success5: mean(measured) }
}

function asRequest(title: string): HelpRequest {
  const asked = { title, text: '', skills: [], invitations: [], askerId: asker.id, readers: [partnershipToken] }
  return asked as Partial<HelpRequest> as HelpRequest
}
