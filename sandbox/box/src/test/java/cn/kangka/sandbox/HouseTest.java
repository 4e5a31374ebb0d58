package cn.kangka.sandbox;

import cn.kangka.sandbox.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseTest {
    @Test
    void the_rules_of_the_house_hold() {
        HouseRules.check("cn.kangka.sandbox", "population");
    }
}
