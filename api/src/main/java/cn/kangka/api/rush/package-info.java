/**
 * What sheds load in a rush: recent answers, word of what changed, turns at the database. None of it decides anything: with all
 * of it gone the region is slower, not wrong (docs/adr/0028).
 */
package cn.kangka.api.rush;
