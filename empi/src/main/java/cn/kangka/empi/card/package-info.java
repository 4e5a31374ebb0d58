/**
 * The cards a person holds: one regional health card and any number of hospitals' own cards (就诊卡).
 *
 * <p>Invariants: one open regional card per person and one row per hospital card number (both by database constraint);
 * every change is an event with who, when and why; a dynamic code gives at most one success, and none once the card is
 * lost; every success is a recorded use.
 */
package cn.kangka.empi.card;
