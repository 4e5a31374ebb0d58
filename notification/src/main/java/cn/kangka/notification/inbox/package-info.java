/**
 * The in-app inbox: what a citizen was told, and the only source of truth for "read".
 *
 * <p>Invariants: an entry is there from the moment in which its notice is accepted or due, whatever the phone's
 * providers do; reading one cancels what its notice has not sent yet, in the same transaction; a stream is told by the
 * commit itself (LISTEN/NOTIFY), across replicas, and looks again at every heartbeat.
 */
package cn.kangka.notification.inbox;
