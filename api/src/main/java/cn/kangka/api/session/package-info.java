/**
 * Logins that go on: access tokens of minutes, refresh tokens that rotate. Invariants: one token of a family is good at
 * a time; an older one that comes back ends the family; what a token says is read anew at every refresh.
 */
package cn.kangka.api.session;
