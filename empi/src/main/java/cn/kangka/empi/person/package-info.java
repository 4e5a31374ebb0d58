/**
 * Persons: the cluster of identities believed to be one human, its golden record, and merge and split. An enterprise id
 * never dies: a merged-away one redirects for ever. Every change raises the version and is told in the same transaction.
 */
package cn.kangka.empi.person;
