/**
 * The call centre's console: web pages under {@code /console/}. Its files lie in {@code META-INF/resources/console}:
 * plain ES modules, styles and texts, no build step. Invariants: the pages are public and hold nothing of anybody; what
 * they show comes through the same guarded routes as everything else; this package only answers their deep links.
 */
package cn.kangka.api.console;
