import openapi from '@tapline/openapi/openapi.json' with { type: 'json' }
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** The whole contract behind a real validator. */
const ajv = new Ajv2020({ strict: false, allErrors: false })
formats.default(ajv, ['date-time', 'date'])
ajv.addSchema({ $id: 'contract', components: openapi.components })

/** What a real validator says of a value; undefined when it fits. */
export function ajvError(schema: object, value: unknown): ErrorObject | undefined {
  const absolute = JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/'),
  ) as object
  const validate = ajv.compile(absolute)
  return validate(value) ? undefined : validate.errors![0]
}
