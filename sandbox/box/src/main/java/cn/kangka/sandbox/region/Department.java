package cn.kangka.sandbox.region;

/**
 * A department that sees outpatients.
 *
 * @param code the hospital's own
 * @param subject code of the national directory of diagnosis and treatment subjects (诊疗科目名录)
 */
public record Department(String code, String subject, String name, String englishName) {
    /** A department whose own code is the national one. */
    public Department(String code, String name, String englishName) {
        this(code, code, name, englishName);
    }

    /** {@code code}, or {@code code=subject}. */
    static Department of(String codes, String name, String englishName) {
        String[] both = codes.split("=");
        return new Department(both[0], both[both.length - 1], name, englishName);
    }
}
