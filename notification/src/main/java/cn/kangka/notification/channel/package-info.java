/**
 * The ways out: one class per provider behind {@link cn.kangka.notification.channel.Channel}, each with a gate of its
 * own (token bucket, Retry-After, circuit breaker).
 *
 * <p>Invariants: a channel never retries by itself, because only the delivery row knows whether a message may go out
 * again; it never runs inside a transaction; one outcome per message, in order; trouble of one provider slows that
 * provider only.
 */
package cn.kangka.notification.channel;
