/**
 * The named values of the rules for appointments: what each is called, its range, what holds at a hospital, and setting it.
 *
 * <p>Invariants: every value has one id, one range and one value of the region; a hospital has one of its own or the region's;
 * a change is audited, and takes nothing away that somebody who has booked was promised.
 */
package cn.kangka.api.policy;
