// Names of the region's hospitals by id, asked for once: some answers give the id only.
import { all } from './api.js';

let names = null;

/** A function from id to name; where the directory is out of reach it gives the id back. */
export async function hospitalNames() {
  names ??= all('/v1/hospitals').then((items) => new Map(items.map((each) => [each.id, each.name])));
  try {
    const known = await names;
    return (id) => known.get(id) ?? id ?? '';
  } catch {
    names = null;
    return (id) => id ?? '';
  }
}
