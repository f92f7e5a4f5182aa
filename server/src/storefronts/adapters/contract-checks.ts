import {
  validatePurchase,
  validateRegisterUser,
  validateSpendBonuses,
} from '@tapline/openapi/door-validators'
import type { Check, Checks, SchemaErrors } from '../read-request.ts'

type Validator = ((value: unknown) => boolean) & { errors?: SchemaErrors | null }

/** The contract's own schemas, compiled when it was generated. */
export const contractChecks: Checks = {
  purchase: checkWith(validatePurchase as Validator),
  registration: checkWith(validateRegisterUser as Validator),
  spend: checkWith(validateSpendBonuses as Validator),
}

function checkWith(validate: Validator): Check {
  return (value) => (validate(value) ? undefined : (validate.errors ?? []))
}
