/** One pagination for every list: keyset, never offset. */
package cn.kangka.kit.page;
