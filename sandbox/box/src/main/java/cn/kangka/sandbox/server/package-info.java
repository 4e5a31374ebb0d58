/**
 * What a person and a test see of the sandbox: people, SMS, pushes, staff, clients, hospitals, and switches for these.
 * Listens on the loopback address only.
 */
package cn.kangka.sandbox.server;
