/**
 * Clusters: which records are one human, all evidence within a cluster weighed together; never a chain in which each
 * knows only the next. Same pairs, same clusters, in whatever order records came.
 */
package cn.kangka.empi.matching.clustering;
