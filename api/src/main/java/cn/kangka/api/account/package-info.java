/**
 * Logins: a phone, and once proven a person; who is calling and at which level. Invariants: one live account per phone,
 * one active account per person; the level that counts is the database's, a token only hints; a refusal of a real name
 * never says which part was wrong.
 */
package cn.kangka.api.account;
