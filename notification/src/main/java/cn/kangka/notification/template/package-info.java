/**
 * What is said: versioned texts in Chinese and English, rendered with Qute.
 *
 * <p>Invariants: a version never changes, and a notice keeps the version it was accepted with; a push or SMS text uses
 * no parameter but the discreet ones ({@code kangka.template.discreet-params}), which is refused when a template is
 * saved, not when it is sent.
 */
package cn.kangka.notification.template;
