/**
 * Blocking: which pairs are compared at all. Several passes; a null builds no key; a block that is too big is split by
 * further keys and counted, never cut silently.
 */
package cn.kangka.empi.matching.blocking;
