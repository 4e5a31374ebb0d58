package cn.kangka.api.safety;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The table of ingredient groups that the release carries ({@code safety/ingredient-groups.json}). */
@ApplicationScoped
class IngredientTable {
    private static final String FILE = "/safety/ingredient-groups.json";

    private final IngredientGroups groups;

    IngredientTable(ObjectMapper json) {
        this.groups = read(json);
    }

    IngredientGroups groups() {
        return groups;
    }

    static IngredientGroups read(ObjectMapper json) {
        try (InputStream file = IngredientTable.class.getResourceAsStream(FILE)) {
            return new IngredientGroups(json.readValue(file, new TypeReference<List<IngredientGroup>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
