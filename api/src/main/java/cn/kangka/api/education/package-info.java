/**
 * What a citizen reads to understand a result or a disease: articles in Chinese and English that come with the release.
 *
 * <p>Holds here: every article is there in both languages under one slug; the HTML that is handed out was rendered by us
 * and never contains HTML of the source; a two-character word is found by an index.
 */
package cn.kangka.api.education;
