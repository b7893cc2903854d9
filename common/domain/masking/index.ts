/**
 * Masking of personal data for the outside of a parcel, the screen and logs. The rule followed is the one reported of
 * GB/T 41833-2022: at least one character of the name, at least six digits of the phone and the unit and room of the address
 * are hidden. Masking what is masked already changes nothing.
 */
export { maskAddress } from './address.ts';
export { maskName } from './name.ts';
export { maskPhone } from './phone.ts';
export { maskText } from './text.ts';
