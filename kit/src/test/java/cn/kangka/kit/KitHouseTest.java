package cn.kangka.kit;

import cn.kangka.sandbox.testing.HouseRules;
import org.junit.jupiter.api.Test;

class KitHouseTest {
    @Test
    void keeps_the_rules_of_the_house() {
        HouseRules.check("cn.kangka.kit", "masking", "sealing", "id");
    }
}
