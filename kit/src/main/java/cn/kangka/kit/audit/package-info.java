/** The access audit: append-only, hash-chained, one entry for every look at somebody's record. */
package cn.kangka.kit.audit;
