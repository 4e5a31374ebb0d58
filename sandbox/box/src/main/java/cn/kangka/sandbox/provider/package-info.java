/**
 * The outside providers of notices, as small servers that speak their real protocol: FCM HTTP v1 and an SMS gateway.
 * They keep what they got in memory, bounded, newest first.
 */
package cn.kangka.sandbox.provider;
