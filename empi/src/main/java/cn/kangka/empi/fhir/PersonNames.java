package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of staff (XCN, XPN) as people write them: Chinese family and given name without a blank, others with. */
final class PersonNames {
    private PersonNames() {}

    /** XCN: id, family, given, middle, suffix, prefix. Empty when there is no name. */
    static String ofStaff(Repetition field) {
        return written(field.component(2), field.component(3), field.component(4));
    }

    /** XPN: family, given, middle. */
    static String ofPerson(Repetition field) {
        return written(field.component(1), field.component(2), field.component(3));
    }

    private static String written(String family, String given, String middle) {
        List<String> parts =
                Stream.of(family, given, middle).filter(part -> !part.isBlank()).toList();
        boolean chinese = parts.stream().allMatch(part -> part.codePoints().allMatch(Character::isIdeographic));
        return chinese
                ? String.join("", parts)
                : Stream.of(given, middle, family)
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining(" "));
    }
}
