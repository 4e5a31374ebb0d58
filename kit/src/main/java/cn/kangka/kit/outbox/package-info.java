/** The transactional outbox: at least once, in order per (destination, aggregate), never in the way of others. */
package cn.kangka.kit.outbox;
