/**
 * What the access audit shows: to a citizen who looked at their data, to an auditor whether the chain is whole.
 * Invariant: a staff member's or a proxy's name is never shown to a citizen, their role or institution is.
 */
package cn.kangka.api.audit;
