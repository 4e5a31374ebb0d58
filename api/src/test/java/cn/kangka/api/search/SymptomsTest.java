package cn.kangka.api.search;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.directory.Subjects;
import cn.kangka.api.directory.SubjectsOfTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of symptoms and how questions are read by it. */
class SymptomsTest {
    private final Symptoms symptoms = new Symptoms();
    private final Subjects subjects = SubjectsOfTest.table();

    private Symptoms.Departments departments(String question) {
        return Symptoms.departments(subjects.named(question), symptoms.of(question), subjects);
    }

    private List<String> names(String question) {
        return symptoms.of(question).stream()
                .map(symptom -> symptom.name(Locale.SIMPLIFIED_CHINESE))
                .toList();
    }

    @Test
    void every_line_of_the_table_names_departments_of_the_national_list() {
        assertThat(symptoms.all()).hasSizeGreaterThan(140);
        for (Symptom symptom : symptoms.all()) {
            assertThat(symptom.chinese()).allSatisfy(word -> assertThat(word).isNotBlank());
            assertThat(symptom.english())
                    .allSatisfy(word ->
                            assertThat(word).isNotBlank().isEqualTo(word.strip().toLowerCase(Locale.ROOT)));
            assertThat(symptom.codes()).as(symptom.chinese().get(0)).allSatisfy(code -> assertThat(
                            subjects.name(code, Locale.ENGLISH))
                    .isNotBlank());
        }
    }

    @Test
    void what_people_say_leads_to_a_department() {
        assertThat(departments("头痛").first()).containsExactly("03.03");
        assertThat(departments("头痛").others()).contains("02", "03");
        assertThat(departments("我这两天拉肚子").first()).containsExactly("16.01");
        assertThat(departments("toothache").first()).containsExactly("12");
        assertThat(departments("Headache since Monday").first()).containsExactly("03.03");
    }

    @Test
    void a_childs_cough_is_the_childrens_doctors_first() {
        assertThat(departments("孩子咳嗽").first()).startsWith("07", "07.01").doesNotContain("03.01");
        assertThat(departments("孩子咳嗽").others()).contains("03.01", "02");
        assertThat(departments("my baby has a fever").first()).contains("07");
    }

    @Test
    void english_words_are_whole_ones() {
        assertThat(names("scolding")).isEmpty();
        assertThat(names("a cold")).contains("感冒");
    }

    @Test
    void red_flags_come_first() {
        assertThat(symptoms.of("心慌胸痛").get(0).urgent()).isTrue();
        assertThat(symptoms.of("chest pain").get(0).urgent()).isTrue();
        assertThat(symptoms.of("头痛").stream().anyMatch(Symptom::urgent)).isFalse();
    }

    @Test
    void departments_are_known_by_the_names_people_use() {
        assertThat(departments("心内科").first()).containsExactly("03.04");
        assertThat(departments("挂耳鼻喉科的号").first()).contains("11");
        assertThat(departments("cardiology").first()).containsExactly("03.04");
        assertThat(departments("ENT").first()).containsExactly("11");
        assertThat(departments("appointment").first()).isEmpty();
        assertThat(departments("内科").first()).contains("03", "03.04");
    }

    @Test
    void a_question_is_made_of_the_terms_that_are_kept() {
        assertThat(SearchWords.every("心内科")).isEqualTo("'心内' & '内科'");
        assertThat(SearchWords.every(" 王 ")).isEqualTo("'王'");
        assertThat(SearchWords.every("xnk")).isEqualTo("('xnk':* | '~xnk':*)");
        assertThat(SearchWords.every("王建国 D1")).isEqualTo("'王建' & '建国' & ('d1':* | '~d1':*)");
        assertThat(SearchWords.every("' & | \\ % ·")).isEmpty();
    }
}
