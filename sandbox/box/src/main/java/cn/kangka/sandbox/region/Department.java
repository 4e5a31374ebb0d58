package cn.kangka.sandbox.region;

/**
 * A department that sees outpatients.
 *
 * @param code of the national directory of diagnosis and treatment subjects (诊疗科目名录)
 */
public record Department(String code, String name, String englishName) {}
