import type { Router } from 'express'
import type { Services } from '../../services.ts'
import { keptRoutes } from '../keeping/keptRoutes.ts'
import { synonymForm } from './synonymForms.ts'
import { synonymHandlers } from './synonymHandlers.ts'
import { synonymsPage } from './synonymPresenter.ts'

export const synonymRoutes = (services: Services): Router => keptRoutes(synonymsPage, synonymForm, synonymHandlers(services))
