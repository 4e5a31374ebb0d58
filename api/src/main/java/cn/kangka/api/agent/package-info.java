/**
 * Staff who log in with a password: the sandbox's only, production uses the region's OIDC provider. Invariants:
 * passwords are kept as slow hashes; a wrong one costs the same time and says the same as an unknown name; too many
 * lock the name for a while; a clerk has institutions, and nobody else.
 */
package cn.kangka.api.agent;
