/**
 * Which hospitals, departments, doctors, sessions and slots there are, as the hospitals said it.
 *
 * <p>Invariants: a row is keyed by (source, the hospital's own code) and a repeated bundle changes nothing; bundles may
 * come in any order, because what is pointed to before it is described becomes a placeholder that nobody sees; a
 * schedule never shrinks below what is booked.
 */
package cn.kangka.api.directory;
