package cn.kangka.notification.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** Texts as they stand in the table. */
final class TemplateJson {
    private static final TypeReference<TreeMap<String, Texts>> TEXTS = new TypeReference<>() {};

    private TemplateJson() {}

    static String write(ObjectMapper json, Map<String, Texts> texts) {
        try {
            return json.writeValueAsString(new TreeMap<>(texts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts that are not JSON", e);
        }
    }

    static Map<String, Texts> read(ObjectMapper json, String texts) {
        try {
            return json.readValue(texts, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the texts of a template", e);
        }
    }
}
