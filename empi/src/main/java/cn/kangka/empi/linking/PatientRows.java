package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.Numbers;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.identity.Sex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads patients from rows of a file: what cannot be read is unknown, and said. */
final class PatientRows {
    /** The columns that are read, the first one needed. */
    static final List<String> COLUMNS = List.of(
            "id",
            "name",
            "family",
            "given",
            "sex",
            "birth",
            "idType",
            "idNumber",
            "phone",
            "address",
            "insurance",
            "motherId",
            "deceased");

    private static final int LONGEST_ID = 64;
    private static final int LONGEST_TEXT = 500;
    private static final Pattern SEVERAL = Pattern.compile("[;；]");
    private static final Pattern SEX_UNKNOWN = Pattern.compile("(?i)[U09]|UNKNOWN|未知|未说明");
    private static final Pattern YES = Pattern.compile("(?i)Y|1|TRUE|是");
    private static final Pattern NO = Pattern.compile("(?i)N|0|FALSE|否");
    private static final Pattern DAY = Pattern.compile("^(\\d{4})[-/.年](\\d\\d)[-/.月](\\d\\d).*");
    private static final Pattern MONTH = Pattern.compile("^(\\d{4})[-/.年](\\d\\d)月?$");

    private PatientRows() {}

    /**
     * A row.
     *
     * @param told null when it cannot be taken
     * @param remarks what could not be read, or why the row cannot be taken; names columns and rules, no values
     */
    record Reading(Told told, List<String> remarks) {}

    /**
     * @param column the text of a column; null or empty when it is not there
     */
    static Reading read(Source source, Function<String, String> column) {
        List<String> remarks = new ArrayList<>();
        String id = text(column, "id");
        if (id == null) {
            return new Reading(null, List.of("id: there is none"));
        }
        if (id.length() > LONGEST_ID) {
            return new Reading(null, List.of("id: longer than " + LONGEST_ID + " characters"));
        }
        Optional<String> tooLong = COLUMNS.stream()
                .filter(name -> text(column, name) != null && text(column, name).length() > LONGEST_TEXT)
                .findFirst();
        if (tooLong.isPresent()) {
            return new Reading(null, List.of(tooLong.get() + ": longer than " + LONGEST_TEXT + " characters"));
        }
        String family = text(column, "family");
        String given = text(column, "given");
        String name = text(column, "name");
        String whole = name == null ? Names.whole(family, given) : Names.whole(name, "");
        String birth = birth(text(column, "birth"), remarks);
        Set<Document> documents = documents(column, remarks);
        PatientReader.citable(source, id).ifPresent(documents::add);
        PatientDemographics patient = new PatientDemographics(
                whole,
                family == null && given == null ? whole : family,
                given,
                sex(text(column, "sex"), remarks),
                birth,
                phones(text(column, "phone"), remarks),
                PatientDemographics.own(documents, whole, birth),
                text(column, "address"),
                text(column, "motherId"),
                deceased(text(column, "deceased"), remarks));
        return new Reading(new Told(id, patient, Set.of(), null), remarks);
    }

    private static String text(Function<String, String> column, String name) {
        String text = column.apply(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static String birth(String text, List<String> remarks) {
        if (text == null) {
            return null;
        }
        String digits = DAY.matcher(text).replaceFirst("$1$2$3");
        Optional<String> read = PatientReader.birth(MONTH.matcher(digits).replaceFirst("$1$2"));
        if (read.isEmpty()) {
            remarks.add("birth: no date (YYYY-MM-DD or YYYYMMDD), taken as unknown");
        }
        return read.orElse(null);
    }

    private static Sex sex(String text, List<String> remarks) {
        Sex sex = text == null ? Sex.UNKNOWN : Sex.of(text);
        if (sex == Sex.UNKNOWN && text != null && !SEX_UNKNOWN.matcher(text).matches()) {
            remarks.add("sex: neither M, F nor U (1, 2, 0; 男, 女, 未知), taken as unknown");
        }
        return sex;
    }

    private static List<String> phones(String text, List<String> remarks) {
        if (text == null) {
            return List.of();
        }
        List<Optional<String>> read =
                Arrays.stream(SEVERAL.split(text)).map(Numbers::phone).toList();
        if (read.stream().anyMatch(Optional::isEmpty)) {
            remarks.add("phone: no number of 5 to 20 digits, left out");
        }
        return read.stream().flatMap(Optional::stream).distinct().toList();
    }

    private static Set<Document> documents(Function<String, String> column, List<String> remarks) {
        Set<Document> documents = new LinkedHashSet<>();
        String number = text(column, "idNumber");
        String type = text(column, "idType");
        Optional<DocumentType> known = type == null ? Optional.of(DocumentType.RESIDENT_ID) : DocumentType.of(type);
        if (number != null && known.isPresent()) {
            documents.add(Numbers.document(known.get(), number));
        }
        if (number != null && known.isEmpty()) {
            remarks.add("idType: not one of the known kinds, the number is left out");
        }
        String insurance = text(column, "insurance");
        if (insurance != null) {
            documents.add(Numbers.document(DocumentType.INSURANCE_CARD, insurance));
        }
        return documents;
    }

    private static boolean deceased(String text, List<String> remarks) {
        boolean yes = text != null && YES.matcher(text).matches();
        if (text != null && !yes && !NO.matcher(text).matches()) {
            remarks.add("deceased: neither Y nor N, taken as N");
        }
        return yes;
    }
}
