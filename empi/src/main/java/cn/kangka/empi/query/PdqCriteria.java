package cn.kangka.empi.query;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hospital.MessageRefusedException;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.identity.KeyKind;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.Numbers;
import cn.kangka.empi.identity.Sex;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a demographics query asks for: QPD-3, {@code @PID.x.y^value} each. Known are PID.3 (id, authority, type), PID.5
 * (family, given), PID.7, PID.8, PID.13 and PID.19.
 *
 * @param source only charts of this institution; null for all
 */
record PdqCriteria(String source, List<IdentityKey> keys) {
    private static final Pattern FIELD = Pattern.compile("@?PID\\.(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");

    /** Finds whose domain it is. */
    interface Owners {
        Source owner(String name, String oid, String location);
    }

    /**
     * Reads the criteria.
     *
     * @throws MessageRefusedException naming the repetition at fault
     */
    static PdqCriteria read(List<Repetition> parameters, Owners owners) {
        Reading reading = new Reading();
        for (int i = 0; i < parameters.size(); i++) {
            Repetition parameter = parameters.get(i);
            if (!parameter.isEmpty()) {
                reading.take(parameter, "QPD^1^3^" + (i + 1));
            }
        }
        PdqCriteria criteria = reading.criteria(owners);
        if (criteria.keys().isEmpty()) {
            throw refused(Hl7Refusal.REQUIRED_FIELD, "QPD^1^3", "the query names no value");
        }
        return criteria;
    }

    /**
     * Reads an identifier (CX).
     *
     * @throws MessageRefusedException when it is none, or its authority is unknown
     */
    static PdqCriteria ofId(Repetition id, Owners owners) {
        if (id.component(1).isBlank()) {
            throw refused(Hl7Refusal.REQUIRED_FIELD, "QPD^1^3", "the query names no id");
        }
        Reading reading = new Reading();
        reading.id = id.component(1);
        reading.name = id.subcomponent(4, 1);
        reading.oid = id.subcomponent(4, 2);
        reading.type = id.component(5);
        reading.authorityAt = "QPD^1^3^1^4";
        return reading.criteria(owners);
    }

    private static final class Reading {
        private final List<IdentityKey> keys = new ArrayList<>();
        private String id = "";
        private String name = "";
        private String oid = "";
        private String type = "";
        private String authorityAt = "QPD^1^3^1^2";

        void take(Repetition parameter, String location) {
            Matcher field = FIELD.matcher(parameter.component(1));
            String value = parameter.component(2);
            String path = field.matches() ? path(field) : "";
            switch (path) {
                case "3", "3.1" -> id = value;
                case "3.4", "3.4.1" -> {
                    name = value;
                    authorityAt = location + "^2";
                }
                case "3.4.2" -> {
                    oid = value;
                    authorityAt = location + "^2";
                }
                case "3.4.3" -> {} // ISO or nothing: it says how to read 3.4.2.
                case "3.5" -> type = value;
                case "5" -> add(KeyKind.NAME, Names.key(value));
                case "5.1", "5.1.1" -> add(KeyKind.FAMILY, Names.key(value));
                case "5.2" -> add(KeyKind.GIVEN, Names.key(value));
                case "7", "7.1" -> add(KeyKind.BIRTH, birth(value, location));
                case "8" -> add(KeyKind.SEX, Sex.of(value).name());
                case "13", "13.1", "13.7", "13.12" ->
                    add(KeyKind.PHONE, Numbers.phone(value).orElse(value));
                case "19" -> add(KeyKind.DOCUMENT, document(DocumentType.RESIDENT_ID, value));
                default ->
                    throw refused(Hl7Refusal.UNKNOWN_KEY, location + "^1", "this query parameter is not supported");
            }
        }

        PdqCriteria criteria(Owners owners) {
            if (name.isEmpty() && oid.isEmpty()) {
                if (!id.isEmpty()) {
                    keys.add(DocumentType.of(type)
                            .map(known -> new IdentityKey(KeyKind.DOCUMENT, document(known, id)))
                            .orElse(new IdentityKey(KeyKind.LOCAL_ID, id)));
                }
                return new PdqCriteria(null, keys);
            }
            Source owner = owners.owner(name, oid, authorityAt);
            if (!id.isEmpty() && owner.authority().citableByAll()) {
                keys.add(IdentityKey.of(
                        new Document(DocumentType.CITED_ID, owner.authority().name() + "|" + id)));
                return new PdqCriteria(null, keys);
            }
            if (!id.isEmpty()) {
                keys.add(new IdentityKey(KeyKind.LOCAL_ID, id));
            }
            return new PdqCriteria(owner.id(), keys);
        }

        private void add(KeyKind kind, String value) {
            if (!value.isEmpty()) {
                keys.add(new IdentityKey(kind, value));
            }
        }

        private static String document(DocumentType type, String number) {
            return IdentityKey.of(Numbers.document(type, number)).value();
        }

        private static String path(Matcher field) {
            String path = field.group(1);
            if (field.group(2) != null) {
                path += "." + field.group(2);
            }
            return field.group(3) == null ? path : path + "." + field.group(3);
        }

        private static String birth(String value, String location) {
            String digits = value.replaceFirst("[^0-9].*$", "");
            return switch (digits.length()) {
                case 0, 1, 2, 3, 5, 7 -> throw refused(Hl7Refusal.DATA_TYPE, location + "^2", "this is not a date");
                case 4 -> digits;
                case 6 -> digits.substring(0, 4) + "-" + digits.substring(4, 6);
                default -> digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6, 8);
            };
        }
    }

    private static MessageRefusedException refused(int error, String location, String text) {
        return new MessageRefusedException(Hl7Refusal.error(error, location, text));
    }
}
