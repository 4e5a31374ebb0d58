/** AES-GCM envelopes and keyed hashes: a dump of the database alone shows no identifier. */
package cn.kangka.kit.sealing;
