/**
 * The intake: "tell this person this, because of that". It never decides whether something is worth telling.
 *
 * <p>Invariants: 202 only after the commit that also holds the inbox entry and every delivery; the same key with the
 * same content changes nothing, with other content it replaces what is unsent; a notice whose time is past is an error
 * and never a send-now; a batch is accepted whole or not at all.
 */
package cn.kangka.notification.notice;
