package cn.kangka.sandbox.region;

/**
 * Somebody with sessions.
 *
 * @param source the institution's id
 * @param code unique in the institution
 * @param fee of a visit in yuan
 */
public record Doctor(
        String source, String code, String name, Title title, Department department, String specialty, int fee) {

    /** Professional titles of physicians, with what a visit costs in yuan. */
    public enum Title {
        CHIEF("主任医师", 50),
        ASSOCIATE_CHIEF("副主任医师", 30),
        ATTENDING("主治医师", 20),
        RESIDENT("住院医师", 15);

        private final String chinese;
        private final int fee;

        Title(String chinese, int fee) {
            this.chinese = chinese;
            this.fee = fee;
        }

        public String chinese() {
            return chinese;
        }

        public int fee() {
            return fee;
        }
    }
}
