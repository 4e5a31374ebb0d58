/**
 * Safety alerts: an allergy that any hospital documented against what any hospital prescribes for the same person.
 *
 * <p>Holds here: allergies, orders and alerts belong to hospitals' identities; an alert stands for a person only while
 * both sides are theirs; one person is told once per order and ingredient group; the alert names its rule, its evidence
 * and the hospitals; what has no ATC code is matched by its text.
 */
package cn.kangka.api.safety;
