/**
 * Linking: which person an identity belongs to, decided in the transaction that stores it, under locks on its block
 * keys; and the handlers of ADT messages.
 */
package cn.kangka.empi.linking;
