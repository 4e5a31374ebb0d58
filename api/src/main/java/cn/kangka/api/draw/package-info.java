/**
 * Draws (摇号): the units of a scarce session are given in a random order among all who entered in a window.
 *
 * <p>Invariants: the seed is committed to before anybody can enter, and the closed list to before the seed is shown; the order
 * is a function of the two that everybody can compute; a person enters a session once; units are given as bookings, under
 * their locks, constraints and limits; every step is one transaction that does nothing the second time.
 */
package cn.kangka.api.draw;
