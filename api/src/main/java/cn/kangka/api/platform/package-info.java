/**
 * What ties this service to the kit and to its neighbours: keys and clock, events of the index coming in, notices and
 * orders going out. Invariants: an event of the index is applied once, in order within its aggregate; nothing goes out
 * except through the outbox, in the transaction of the fact.
 */
package cn.kangka.api.platform;
