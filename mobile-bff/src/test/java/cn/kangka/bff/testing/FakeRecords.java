package cn.kangka.bff.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reports, images and articles of the fake region. */
final class FakeRecords {
    private FakeRecords() {}

    static JsonArray reports() {
        return new JsonArray()
                .add(report("rep-lipid", "H001", "市第一人民医院", "血脂四项", "LAB", 3, 3))
                .add(report("rep-blood", "H002", "市中医院", "血常规", "LAB", 24, 0))
                .add(report("rep-chest", "H001", "市第一人民医院", "胸部正位 X 线", "RAD", 40, 0));
    }

    private static JsonObject report(
            String id, String hospital, String name, String title, String category, int daysAgo, int abnormal) {
        return new JsonObject()
                .put("id", id)
                .put("hospital", new JsonObject().put("id", hospital).put("name", name))
                .put("title", title)
                .put("category", category)
                .put("status", "FINAL")
                .put("issuedAt", at(daysAgo))
                .put("abnormal", abnormal);
    }

    static JsonObject report(String id) {
        JsonObject head = reports().stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals(id))
                .findFirst()
                .orElse(null);
        if (head == null) {
            return null;
        }
        return head.put(
                        "observations",
                        new JsonArray()
                                .add(observation("2093-3", "总胆固醇", 6.12, "mmol/L", "H", null, 5.2)
                                        .put("trend", trend(5.4, 5.6, 5.3, 5.9, 6.12)))
                                .add(observation("2571-8", "甘油三酯", 1.42, "mmol/L", "N", 0.45, 1.7)
                                        .put("trend", trend(1.9, 1.7, 1.5, 1.42)))
                                .add(observation("2085-9", "高密度脂蛋白胆固醇", 0.94, "mmol/L", "L", 1.04, 1.55)
                                        .put("trend", trend(1.1, 1.02, 0.94)))
                                .add(observation("2089-1", "低密度脂蛋白胆固醇", 4.21, "mmol/L", "H", null, 3.4)
                                        .put("trend", trend(3.3, 3.8, 3.6, 4.21)))
                                .add(new JsonObject()
                                        .put("code", "text")
                                        .put("name", "标本性状")
                                        .put("value", "淡黄、清亮")
                                        .put("flag", "N")))
                .put("conclusion", "总胆固醇、低密度脂蛋白胆固醇偏高,建议低脂饮食,4~12 周后复查。")
                .put("article", new JsonObject().put("id", "dyslipidemia").put("title", "血脂异常怎么办"));
    }

    private static JsonObject observation(
            String code, String name, double value, String unit, String flag, Double low, Double high) {
        JsonObject range = new JsonObject();
        if (low != null) {
            range.put("low", low);
        }
        range.put("high", high);
        return new JsonObject()
                .put("code", code)
                .put("name", name)
                .put("value", value)
                .put("unit", unit)
                .put("flag", flag)
                .put("referenceRange", range);
    }

    private static JsonArray trend(double... values) {
        JsonArray trend = new JsonArray();
        for (int i = 0; i < values.length; i++) {
            trend.add(new JsonObject()
                    .put("at", at(3 + 90 * (values.length - 1 - i)))
                    .put("value", values[i]));
        }
        return trend;
    }

    private static String at(int daysAgo) {
        return FakePerson.inDays(-daysAgo).withHour(15).withMinute(20).toString();
    }

    static JsonArray studies() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "st-1")
                        .put("hospital", "H001")
                        .put("hospitalName", "市第一人民医院")
                        .put("modality", "CT")
                        .put("description", "胸部 CT 平扫")
                        .put("date", FakePerson.inDays(-40).toLocalDate().toString()));
    }

    static JsonArray alerts() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "al-1")
                        .put("tier", 1)
                        .put("title", "青霉素过敏")
                        .put("text", "您对青霉素过敏的记录与新开的阿莫西林冲突,该医嘱已提示医生处理。请不要自行服用。")
                        .put("hospital", "H001")
                        .put("hospitalName", "市第一人民医院")
                        .put("at", at(1)))
                .add(new JsonObject()
                        .put("id", "al-2")
                        .put("tier", 2)
                        .put("title", "近期做过相同检查")
                        .put("text", "您 20 天前在市中医院做过血常规,结果可以互认。可与医生商量是否需要重复检查。")
                        .put("hospital", "H002")
                        .put("hospitalName", "市中医院")
                        .put("at", at(6)));
    }

    static JsonArray articles(String query) {
        JsonArray all = new JsonArray()
                .add(article("hypertension", "高血压:每天量一次,比什么都管用", "血压多少算高、在家怎么量、什么时候必须就医。"))
                .add(article("dyslipidemia", "血脂异常怎么办", "看懂血脂四项,饮食、运动与用药的先后次序。"))
                .add(article("child-fever", "孩子发烧,先看精神再看体温", "什么时候在家观察,什么时候去医院,退热药怎么用。"))
                .add(article("fall-prevention", "老人防跌倒:家里先改这六处", "浴室、床边、楼道的小改造,以及每天五分钟的练习。"));
        if (query == null || query.isBlank()) {
            return all;
        }
        JsonArray found = new JsonArray();
        all.stream()
                .map(JsonObject.class::cast)
                .filter(each -> (each.getString("title") + each.getString("summary")).contains(query))
                .forEach(found::add);
        return found;
    }

    private static JsonObject article(String id, String title, String summary) {
        return new JsonObject().put("id", id).put("title", title).put("summary", summary);
    }

    static JsonObject fullArticle(String id) {
        return articles(null).stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals(id))
                .findFirst()
                .map(each -> each.put("html", """
                                <h2>多少算高</h2><p>在家测量,<strong>收缩压 ≥ 135</strong> 或 <strong>舒张压 ≥ 85 mmHg</strong>,
                                连续几天都是如此,就应当去医院确诊。</p><h2>怎么量才准</h2><ul><li>安静坐 5 分钟,背靠椅背,双脚平放。</li>
                                <li>袖带与心脏同高,早晚各量两次,取平均值。</li></ul>
                                <table><tr><th>级别</th><th>收缩压</th></tr><tr><td>1 级</td><td>140–159</td></tr></table>
                                <script>window.hacked = true</script><img src="x" onerror="window.hacked = true">
                                <p><a href="javascript:window.hacked=true">更多</a></p>
                                <blockquote>突然剧烈头痛、胸痛、说话不清:立即拨打 120。</blockquote>""").put("sources", new JsonArray().add("《中国高血压防治指南(2024 年修订版)》")))
                .orElse(null);
    }
}
