/** Benchmarks against the started region, each beside pgbench on the same PostgreSQL in the same run. */
package cn.kangka.sandbox.bench;
