package cn.kangka.api.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllergyRuleTest {
    private final AllergyRule rule = new AllergyRule(IngredientTable.read(new ObjectMapper()));

    @ParameterizedTest
    @CsvSource({
        "J01CE01, 青霉素, J01CA04, 阿莫西林胶囊, penicillins",
        ", 青霉素类药物过敏, , 注射用氨苄西林钠, penicillins",
        ", penicillin, J01CR02, Augmentin, penicillins",
        ", 头孢, J01DD04, 头孢曲松, cephalosporins",
        ", 磺胺, J01EE01, 复方新诺明片, sulfonamides",
        ", 布洛芬, M01AB05, 双氯芬酸钠缓释片, nsaids",
        ", 阿司匹林, B01AC06, 阿司匹林肠溶片, aspirin",
        ", 碘过敏, V08AB02, 碘海醇注射液, iodine-contrast",
        ", 左氧氟沙星, , 莫西沙星片, quinolones",
        "N03AX14, 左乙拉西坦, N03AX14, Keppra, same-substance",
        "B02AA, 抗纤溶药, B02AA02, 氨甲环酸, same-substance",
        ", 银杏叶, , 银杏叶提取物注射液, same-substance",
    })
    void an_allergy_stands_against_its_own_ingredient_group(
            String allergyCode, String allergy, String orderCode, String order, String group) {
        assertThat(rule.conflict(new Substance(allergyCode, allergy), new Substance(orderCode, order)))
                .contains(group);
    }

    @ParameterizedTest
    @CsvSource({
        "J01CE01, 青霉素, J01FA10, 阿奇霉素",
        ", 头孢, J01CA04, 阿莫西林",
        ", 花粉, R06AE07, 西替利嗪片",
        ", 海鲜, C10AA05, 阿托伐他汀钙片",
        ", statin, A07AA02, nystatin",
        "N, 神经系统药物, N02BE01, 对乙酰氨基酚",
        ", 药物过敏, , 注射用药物",
    })
    void an_allergy_does_not_stand_against_anything_else(
            String allergyCode, String allergy, String orderCode, String order) {
        assertThat(rule.conflict(new Substance(allergyCode, allergy), new Substance(orderCode, order)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"无", "否认药物过敏史", "否认青霉素过敏", "不详", "NKDA", "No known allergies", "青霉素皮试阴性", "暂无", "无药物过敏史，青霉素皮试阴性"
            })
    void an_entry_that_denies_allergies_is_none(String text) {
        assertThat(NoAllergy.says(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "青霉素",
                "无花果",
                "青霉素皮试阳性",
                "青霉素过敏，头孢皮试阴性",
                "无花果；否认其他",
                "青霉素过敏 头孢阴性",
                "Nonsteroidal drugs",
                "Penicillin"
            })
    void an_entry_that_names_one_is_one(String text) {
        assertThat(NoAllergy.says(text)).isFalse();
    }

    @Test
    void every_group_is_found_by_its_own_words_and_codes() throws Exception {
        IngredientGroup[] all = new ObjectMapper()
                .readValue(
                        AllergyRuleTest.class.getResourceAsStream("/safety/ingredient-groups.json"),
                        IngredientGroup[].class);
        IngredientGroups groups = IngredientTable.read(new ObjectMapper());

        assertThat(all).allSatisfy(group -> {
            assertThat(group.words()).allSatisfy(word -> assertThat(groups.of(new Substance(null, word)))
                    .contains(group.id()));
            assertThat(group.atc()).allSatisfy(code -> assertThat(groups.of(new Substance(code, "-")))
                    .contains(group.id()));
        });
    }
}
