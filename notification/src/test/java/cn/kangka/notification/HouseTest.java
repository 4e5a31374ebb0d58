package cn.kangka.notification;

import cn.kangka.sandbox.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseTest {
    @Test
    void keeps_the_rules_of_the_house() {
        HouseRules.check("cn.kangka.notification");
    }
}
