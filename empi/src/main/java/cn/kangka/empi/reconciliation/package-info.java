/** Compares what hospitals have of their patients with what the region told them, and sends them the difference. */
package cn.kangka.empi.reconciliation;
