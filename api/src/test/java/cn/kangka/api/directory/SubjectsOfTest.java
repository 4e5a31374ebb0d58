package cn.kangka.api.directory;

/** The table, for tests of other packages. */
public final class SubjectsOfTest {
    private SubjectsOfTest() {}

    public static Subjects table() {
        return new Subjects();
    }
}
