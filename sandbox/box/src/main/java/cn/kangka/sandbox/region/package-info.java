/**
 * The demo region: institutions, departments, doctors, sessions, clients and staff. Invariants: the same seed gives the
 * same region; keys and passwords are made at the first start and kept in the data folder, never in the repository.
 */
package cn.kangka.sandbox.region;
