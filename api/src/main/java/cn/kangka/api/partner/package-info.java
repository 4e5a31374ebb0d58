/**
 * Machines of others: partners, hospital terminals and systems. They log in with a key of their own and get short tokens
 * with scopes. Invariants: an assertion is good once; which institution or channel it is stands in the token, never in
 * a body; what a client may do is what its registration says at that moment.
 */
package cn.kangka.api.partner;
