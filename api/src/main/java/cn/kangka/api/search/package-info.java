/**
 * Finding a doctor, department or hospital by whatever a person types – a name, pinyin initials, a specialty, a symptom – with
 * its first free unit. Reads the tables of {@code directory} and its schedule, changes nothing.
 */
package cn.kangka.api.search;
