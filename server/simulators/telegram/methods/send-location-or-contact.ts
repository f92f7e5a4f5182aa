import { accept, badRequest, isRefused } from '../answer.ts'
import { plainAttachment, type Attachment } from '../attachment.ts'
import { postTo, readDestination, tooSoon } from './destination.ts'
import { decimal, words, type Method, type MethodCall } from './method.ts'

export const sendLocation: Method = (call) => {
  const latitude = decimal(call.parameters.latitude)
  const longitude = decimal(call.parameters.longitude)
  const isOnEarth = Math.abs(latitude ?? NaN) <= 90 && Math.abs(longitude ?? NaN) <= 180
  if (latitude === undefined || longitude === undefined || !isOnEarth) {
    return badRequest('wrong latitude or longitude specified')
  }
  return sendPlain(call, plainAttachment('location', { location: { latitude, longitude } }))
}

export const sendContact: Method = (call) => {
  const phone = words(call.parameters.phone_number)
  const firstName = words(call.parameters.first_name)
  const lastName = words(call.parameters.last_name)
  if (!phone) return badRequest('phone number is empty')
  if (!firstName) return badRequest('first name is empty')
  const contact = { phone_number: phone, first_name: firstName, ...(lastName && { last_name: lastName }) }
  return sendPlain(call, plainAttachment('contact', { contact }))
}

function sendPlain(call: MethodCall, attachment: Attachment) {
  const destination = readDestination(call)
  if (isRefused(destination)) return destination
  return tooSoon(call, destination.chat) ?? accept(postTo(call, destination, { attachment }))
}
