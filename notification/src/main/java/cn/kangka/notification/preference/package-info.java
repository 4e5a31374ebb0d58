/**
 * What a person wants to be told, how, and when not: by class of notice, with quiet hours.
 *
 * <p>Invariants: quiet hours hold, they never drop; an urgent notice is never held and cannot be switched off; the inbox
 * gets everything.
 */
package cn.kangka.notification.preference;
