package cn.kangka.sandbox.hospital;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a laboratory measures at once.
 *
 * @param key our name for it, such as {@code cbc}
 * @param loinc code of the whole panel
 */
record Panel(String key, String name, String loinc, List<Analyte> analytes) {
    private static final Map<String, Panel> ALL = read();

    /** All panels by key, the commonest first. */
    static Map<String, Panel> all() {
        return ALL;
    }

    private static Map<String, Panel> read() {
        Map<String, Panel> panels = new LinkedHashMap<>();
        Panel current = null;
        for (String line : lines()) {
            if (line.startsWith("= ")) {
                String[] parts = line.substring(2).split(" \\| ");
                current = new Panel(parts[0], parts[1], parts[2], new ArrayList<>());
                panels.put(current.key(), current);
            } else if (current != null) {
                current.analytes().add(Analyte.read(line));
            }
        }
        return panels;
    }

    private static List<String> lines() {
        try (InputStream in = Panel.class.getResourceAsStream("/hospital/panels.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
