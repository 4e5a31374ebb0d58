// The region's hospitals, read once: they hardly ever change during a shift.
import { all } from './api.js';

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
