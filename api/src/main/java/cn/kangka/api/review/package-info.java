/** The registrar's desk: doubtful pairs of the master index, as {@code empi} shows and decides them. */
package cn.kangka.api.review;
