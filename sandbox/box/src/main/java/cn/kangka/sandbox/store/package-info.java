/** The embedded PostgreSQL and Redis of the sandbox and of every test. */
package cn.kangka.sandbox.store;
