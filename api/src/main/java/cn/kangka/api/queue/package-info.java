/**
 * Checking in at the clinic, and the queue of its session: who is called next, how many are ahead, live.
 *
 * <p>Invariants, carried by the database (V0550__queue.sql): a booking has one ticket, its number is unique in its session
 * and never changes; whatever changes a queue holds that queue's lock, so one person is called once; the queue follows the
 * booking in whichever transaction changes it.
 */
package cn.kangka.api.queue;
