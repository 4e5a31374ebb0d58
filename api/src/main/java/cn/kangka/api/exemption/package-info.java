/**
 * Who is never paused: adults whom a supervisor marks as lacking capacity, by a document seen (domain rules, "no-show"; Civil
 * Code, articles 21 and 22). Minors need no mark, their birth date says it.
 *
 * <p>Invariants: only the basis is kept, no diagnosis and no document; who was merged away exempts the survivor as
 * long as the merge stands; setting and ending it are in the person's access log.
 */
package cn.kangka.api.exemption;
