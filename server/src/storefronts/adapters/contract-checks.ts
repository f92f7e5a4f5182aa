import {
  validatePurchase,
  validateRefund,
  validateRegisterUser,
  validateSpendBonuses,
} from '@tapline/openapi/door-validators'
import type { Check, Checks, SchemaErrors } from '../read-request.ts'

type Validator = ((value: unknown) => boolean) & { errors?: SchemaErrors | null }

/** The contract's own schemas, compiled when it was generated. */
export const contractChecks: Checks = {
  purchase: checkWith(validatePurchase),
  registration: checkWith(validateRegisterUser),
  spend: checkWith(validateSpendBonuses),
  refund: checkWith(validateRefund),
}

function checkWith(validate: Validator): Check {
  return (value) => (validate(value) ? undefined : (validate.errors ?? []))
}
