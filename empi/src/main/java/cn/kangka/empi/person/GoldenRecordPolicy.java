package cn.kangka.empi.person;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.identity.ResidentId;
import cn.kangka.empi.identity.Sex;
import cn.kangka.empi.person.GoldenRecord.PersonName;
import cn.kangka.empi.person.GoldenRecord.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which value is the best, field by field: from charts in use before merged-away ones, registered before provisional
 * ones, with a valid resident id before those without, and the most recently told first. A birth date known to the day
 * goes before one known to the year.
 */
final class GoldenRecordPolicy {
    private static final int MOST_VALUES = 20;
    private static final Comparator<Identity> BEST_FIRST = Comparator.comparing(Identity::isRetired)
            .thenComparing(Identity::provisional)
            .thenComparing(identity -> !isVerified(identity))
            .thenComparing(Identity::toldAt, Comparator.reverseOrder())
            .thenComparing(identity -> identity.id().toString());

    private GoldenRecordPolicy() {}

    static GoldenRecord of(List<Identity> identities) {
        List<Identity> best = identities.stream().sorted(BEST_FIRST).toList();
        return new GoldenRecord(
                first(
                        best,
                        told -> new PersonName(told.name(), told.family(), told.given()),
                        name -> name.whole() != null,
                        null),
                first(best, PatientDemographics::sex, sex -> sex != Sex.UNKNOWN, Sex.UNKNOWN),
                birth(best),
                first(best, PatientDemographics::address, address -> address != null, null),
                first(best, PatientDemographics::deceased, deceased -> deceased, false),
                all(best, PatientDemographics::phones),
                all(best, PatientDemographics::documents));
    }

    private static Value<String> birth(List<Identity> best) {
        List<Identity> mostComplete = best.stream()
                .filter(identity -> identity.demographics().birth() != null)
                .sorted(Comparator.comparing(
                        identity -> identity.demographics().birth().length(), Comparator.reverseOrder()))
                .toList();
        return first(mostComplete, PatientDemographics::birth, birth -> true, null);
    }

    private static <T> Value<T> first(
            List<Identity> best, Function<PatientDemographics, T> field, Predicate<T> known, T otherwise) {
        return best.stream()
                .filter(identity -> known.test(field.apply(identity.demographics())))
                .findFirst()
                .map(identity -> new Value<>(field.apply(identity.demographics()), identity.id()))
                .orElseGet(() -> new Value<>(otherwise, null));
    }

    private static <T> List<Value<T>> all(List<Identity> best, Function<PatientDemographics, List<T>> field) {
        List<Value<T>> values = new ArrayList<>();
        for (Identity identity : best) {
            for (T value : field.apply(identity.demographics())) {
                boolean there = values.stream().anyMatch(each -> each.value().equals(value));
                if (!there && values.size() < MOST_VALUES) {
                    values.add(new Value<>(value, identity.id()));
                }
            }
        }
        return values;
    }

    private static boolean isVerified(Identity identity) {
        return identity.demographics().documents().stream()
                .filter(document -> document.type() == DocumentType.RESIDENT_ID)
                .map(Document::number)
                .anyMatch(ResidentId::isValid);
    }
}
