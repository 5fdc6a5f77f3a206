import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { Leavers } from '../../people/leavers.ts'
import type { SearchService } from '../searchService.ts'
import { QueryForgetting } from './queryForgetting.ts'
import { QueryLog } from './queryLog.ts'
import { QueryReports } from './queryReports.ts'
import { SharedQueries } from './sharedQueries.ts'

export interface QueryLogServices {
  queryLog: QueryLog
  queryReports: QueryReports
  queryForgetting: QueryForgetting
}

export function queryLogServices(
  models: Pick<Models, 'askedQueries' | 'sharedQueries'>,
  { leavers, search, clock, log }: { leavers: Leavers; search: SearchService; clock: Clock; log: Logger },
): QueryLogServices {
  const shared = new SharedQueries(models, clock)
  return {
    queryLog: new QueryLog(models, { clock, log }),
    queryReports: new QueryReports(models, { shared, search, clock }),
    queryForgetting: new QueryForgetting(models, { shared, leavers, clock }),
  }
}
