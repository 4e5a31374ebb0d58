/**
 * The home screen in one round trip. Parts that fail or are late are left out and named; nothing is cached, so a new
 * booking is there at once and nobody ever sees another person's screen. Without a valid token there is nothing.
 */
package cn.kangka.bff.home;
