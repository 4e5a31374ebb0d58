package cn.kangka.api.safety;

import java.util.List;

/**
 * Drugs that share the ingredient somebody can be allergic to.
 *
 * @param id stable name, such as {@code penicillins}
 * @param zh Chinese name
 * @param en English name
 * @param atc prefixes of ATC codes that belong to it (WHO ATC/DDD index)
 * @param words parts of names by which a text belongs to it; lower case
 */
record IngredientGroup(String id, String zh, String en, List<String> atc, List<String> words) {}
