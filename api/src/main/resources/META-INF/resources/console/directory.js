// The region's hospitals, read once: they hardly ever change during a shift.
import { all, institutions } from './api.js';

let reading = null;

export function hospitals() {
  reading ??= all('/v1/hospitals').then(hospitalsFirst).catch((problem) => {
    reading = null;
    throw problem;
  });
  return reading;
}

/** A hundred community centres stand behind the few hospitals that most callers ask for. */
function hospitalsFirst(places) {
  return [...places].sort((one, other) => (one.kind === 'CENTRE') - (other.kind === 'CENTRE'));
}

/** Telephones by hospital; empty where the directory is out of reach, because nothing waits for them. */
export async function telephones() {
  const known = await hospitals().catch(() => []);
  return new Map(known.map((each) => [each.id, each.telephone]));
}

/** Those that whoever is logged in may act for: their own, or all. */
export async function ownHospitals() {
  const own = institutions();
  const known = await hospitals();
  return own.length ? known.filter((each) => own.includes(each.id)) : known;
}

/** A hospital's departments and doctors; their codes are the hospital's own. */
export async function staffOf(hospital) {
  const [departments, doctors] = await Promise.all(['departments', 'doctors'].map((each) => all(`/v1/hospitals/${encodeURIComponent(hospital)}/${each}`)));
  return { departments, doctors };
}

export const titled = (doctor) => [doctor.name, doctor.title].filter(Boolean).join(' ');
