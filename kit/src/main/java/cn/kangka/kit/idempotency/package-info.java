/** One row and one answer per Idempotency-Key. */
package cn.kangka.kit.idempotency;
