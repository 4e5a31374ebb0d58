/**
 * The linkage model: fields, levels of agreement, blocks, thresholds and vetoes, read from YAML. Immutable once read;
 * every mistake is told with its line. Two models can be used side by side.
 */
package cn.kangka.empi.matching.model;
