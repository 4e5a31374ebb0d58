package cn.kangka.sandbox.population;

/** GB/T 2261.1, as far as the sandbox needs it. */
public enum Sex {
    MALE("M", "男"),
    FEMALE("F", "女");

    private final String hl7;
    private final String chinese;

    Sex(String hl7, String chinese) {
        this.hl7 = hl7;
        this.chinese = chinese;
    }

    /** HL7 table 0001. */
    public String hl7() {
        return hl7;
    }

    public String chinese() {
        return chinese;
    }
}
