package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.identity.KeyKind;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.Numbers;
import cn.kangka.empi.person.PersonSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a search for patients asks (IHE PDQm ITI-78). What is known of people is sealed, so that they are found by whole values
 * (keyed hashes): a name matches whole, in any case and script variant, and never by its beginning.
 *
 * @param keys one of each list must agree on one chart
 * @param source only charts of this institution; null for all
 * @param systems which domains' ids are shown; empty for all
 * @param ids of {@code _id}; null when it is not asked
 * @param filter what else must hold of the person
 * @param after the person after whom the page begins; empty for the first page
 * @param used the parameters that were understood, as they came
 */
record PatientCriteria(
        List<List<IdentityKey>> keys,
        String source,
        Set<String> systems,
        Set<UUID> ids,
        Predicate<PersonSnapshot> filter,
        boolean filters,
        int count,
        String after,
        Map<String, List<String>> used) {
    static final String AFTER = "_after";
    private static final int LARGEST_PAGE = 200;
    private static final int USUAL_PAGE = 20;
    private static final Set<String> FORMATS = Set.of("_format", "_pretty");
    private static final Pattern DATE = Pattern.compile("(eq|ne|ge|gt|le|lt)?(\\d{4}(-\\d\\d(-\\d\\d)?)?)");

    /** Whether it can be looked for at all. */
    boolean isTooBroad() {
        return keys.isEmpty() && ids == null;
    }

    /**
     * Reads a query.
     *
     * @param lenient whether unknown parameters are left out, instead of refused
     */
    static PatientCriteria read(Map<String, List<String>> query, Sources sources, boolean lenient) {
        return new Reading(sources, lenient).criteria(query);
    }

    private static final class Reading {
        private final Sources sources;
        private final boolean lenient;
        private final List<List<IdentityKey>> keys = new ArrayList<>();
        private final Set<String> systems = new LinkedHashSet<>();
        private final Map<String, List<String>> used = new java.util.LinkedHashMap<>();
        private Predicate<PersonSnapshot> filter = person -> true;
        private boolean filters;
        private String source;
        private Set<UUID> ids;
        private int count = USUAL_PAGE;
        private String after = "";

        Reading(Sources sources, boolean lenient) {
            this.sources = sources;
            this.lenient = lenient;
        }

        PatientCriteria criteria(Map<String, List<String>> query) {
            query.forEach((name, values) -> {
                for (String value : values) {
                    if (!value.isBlank() && !FORMATS.contains(name) && take(name, value.strip())) {
                        used.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
                    }
                }
            });
            return new PatientCriteria(keys, source, systems, ids, filter, filters, count, after, used);
        }

        private boolean take(String parameter, String value) {
            switch (parameter) {
                case "_id" -> ids(value);
                case "identifier" -> identifiers(value);
                case "identifier:of-type" -> ofType(value);
                case "name", "name:exact" -> any(value, each -> List.of(key(KeyKind.NAME, Names.key(each))));
                case "family", "family:exact" -> any(value, each -> List.of(key(KeyKind.FAMILY, Names.key(each))));
                case "given", "given:exact" -> any(value, each -> List.of(key(KeyKind.GIVEN, Names.key(each))));
                case "telecom", "phone" -> any(value, Reading::phone);
                case "birthdate" -> birth(value);
                case "gender" -> gender(value);
                case "active" -> active(value);
                case "address", "address-city", "address-state", "address-postalcode", "address-country" ->
                    filter(person -> contains(person.address(), value));
                case "_count" -> count = number(value);
                case AFTER -> after = value;
                default -> {
                    return unknown(parameter);
                }
            }
            return true;
        }

        private boolean unknown(String parameter) {
            if (lenient) {
                return false;
            }
            throw bad("not-supported", parameter, "this search parameter is not supported");
        }

        private void ids(String value) {
            ids = new HashSet<>();
            for (String each : value.split(",")) {
                try {
                    ids.add(UUID.fromString(each.strip()));
                } catch (IllegalArgumentException e) {
                    // No id of ours: nobody has it.
                    continue;
                }
            }
        }

        private void identifiers(String value) {
            String[] alternatives = value.split(",");
            if (List.of(alternatives).stream().allMatch(each -> each.strip().endsWith("|"))) {
                for (String each : alternatives) {
                    systems.add(system(each.strip().substring(0, each.strip().length() - 1)));
                }
                return;
            }
            any(value, this::identifier);
        }

        /** ITI-78: a domain without an id limits whose ids are shown. */
        private String system(String asked) {
            if (asked.equals(PatientJson.ENTERPRISE_ID)) {
                return asked;
            }
            return sources.bySystem(asked)
                    .map(owner -> owner.authority().system())
                    .orElseThrow(() ->
                            new FhirRefusedException(404, "not-found", "Patient?identifier", "targetSystem not found"));
        }

        private List<IdentityKey> identifier(String value) {
            int bar = value.indexOf('|');
            String system = bar < 0 ? "" : value.substring(0, bar);
            String id = value.substring(bar + 1);
            if (system.equals(PatientJson.ENTERPRISE_ID)) {
                ids(id);
                return List.of();
            }
            if (system.equals(PatientJson.RESIDENT_ID)) {
                return List.of(IdentityKey.of(Numbers.document(DocumentType.RESIDENT_ID, id)));
            }
            if (system.isEmpty()) {
                return List.of(
                        key(KeyKind.LOCAL_ID, id),
                        IdentityKey.of(Numbers.document(DocumentType.RESIDENT_ID, id)),
                        IdentityKey.of(Numbers.document(DocumentType.PASSPORT, id)));
            }
            Source owner = sources.bySystem(system)
                    .orElseThrow(() ->
                            new FhirRefusedException(404, "not-found", "Patient?identifier", "targetSystem not found"));
            if (owner.authority().citableByAll()) {
                return List.of(IdentityKey.of(
                        new Document(DocumentType.CITED_ID, owner.authority().name() + "|" + id)));
            }
            if (source != null && !source.equals(owner.id())) {
                throw bad("not-supported", "identifier", "ids of one domain at a time");
            }
            source = owner.id();
            return List.of(key(KeyKind.LOCAL_ID, id));
        }

        /** {@code <system>|<code>|<value>} with a code of table 0203. */
        private void ofType(String value) {
            String[] parts = value.split("\\|", 3);
            Optional<DocumentType> type = parts.length < 3 ? Optional.empty() : DocumentType.of(parts[1]);
            keys.add(List.of(IdentityKey.of(Numbers.document(
                    type.orElseThrow(() ->
                            bad("value", "identifier:of-type", "system|code|value with a known code of table 0203")),
                    parts[parts.length - 1]))));
        }

        private static List<IdentityKey> phone(String value) {
            String number = value.substring(value.indexOf('|') + 1);
            return List.of(key(KeyKind.PHONE, Numbers.phone(number).orElse(number)));
        }

        private void birth(String value) {
            java.util.regex.Matcher date = DATE.matcher(value);
            if (!date.matches()) {
                throw bad("value", "birthdate", "a date such as 1980-05-17, with eq, ne, lt, le, gt or ge before it");
            }
            String prefix = date.group(1) == null ? "eq" : date.group(1);
            String day = date.group(2);
            if (prefix.equals("eq") && day.length() == "1980-05-17".length()) {
                keys.add(List.of(key(KeyKind.BIRTH, day)));
            } else {
                filter(person -> agrees(person.birth(), prefix, day));
            }
        }

        /** Dates known in part are compared as far as both are known. */
        private static boolean agrees(String birth, String prefix, String asked) {
            if (birth == null) {
                return false;
            }
            int known = Math.min(birth.length(), asked.length());
            int order = birth.substring(0, known).compareTo(asked.substring(0, known));
            return switch (prefix) {
                case "eq" -> order == 0 && birth.length() >= asked.length();
                case "ne" -> order != 0;
                case "ge" -> order >= 0;
                case "gt" -> order > 0;
                case "le" -> order <= 0;
                default -> order < 0;
            };
        }

        private void gender(String value) {
            any(value, each -> switch (each) {
                case "male" -> List.of(key(KeyKind.SEX, "MALE"));
                case "female" -> List.of(key(KeyKind.SEX, "FEMALE"));
                default -> throw bad("value", "gender", "male or female");
            });
        }

        private void active(String value) {
            if (!value.equals("true") && !value.equals("false")) {
                throw bad("value", "active", "true or false");
            }
            boolean active = value.equals("true");
            filter(person -> active == (person.mergedInto() == null));
        }

        private static boolean contains(String address, String asked) {
            return address != null && address.toLowerCase(Locale.ROOT).contains(asked.toLowerCase(Locale.ROOT));
        }

        private void filter(Predicate<PersonSnapshot> more) {
            filter = filter.and(more);
            filters = true;
        }

        private void any(String value, java.util.function.Function<String, List<IdentityKey>> reading) {
            List<IdentityKey> alternatives = new ArrayList<>();
            for (String each : value.split(",")) {
                if (!each.isBlank()) {
                    alternatives.addAll(reading.apply(each.strip()));
                }
            }
            if (!alternatives.isEmpty()) {
                keys.add(alternatives);
            }
        }

        private static int number(String value) {
            if (!value.matches("\\d{1,6}")) {
                throw bad("value", "_count", "a number from 0");
            }
            return Math.min(Integer.parseInt(value), LARGEST_PAGE);
        }

        private static IdentityKey key(KeyKind kind, String value) {
            return new IdentityKey(kind, value);
        }

        private static FhirRefusedException bad(String code, String parameter, String text) {
            return new FhirRefusedException(400, code, "Patient?" + parameter, text);
        }
    }
}
