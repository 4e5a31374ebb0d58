/**
 * Every single way in which a notice goes out: claimed in batches, sent, settled.
 *
 * <p>Invariants: a row is leased before anything is sent and settled afterwards, so a crash at any moment loses nothing
 * and repeats only what the provider may already have, under the same collapse id; each class has a lane with workers of
 * its own; there is one push per device and one SMS per notice (a unique constraint); rows that a gate holds back are
 * not claimed. The SQL here reads the tables {@code notice} (what to send) and {@code endpoint} (where to).
 */
package cn.kangka.notification.delivery;
