package cn.kangka.api.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the images of a study into their series, in the order in which a radiologist would leaf through them. */
final class SeriesOrder {
    private static final Comparator<Integer> NUMBERED = Comparator.nullsLast(Comparator.naturalOrder());

    private SeriesOrder() {}

    /** Series that have images, by their numbers; what the archive says of them where it says it. */
    static List<StudyView.Series> of(JsonNode series, List<PacsInstance> images) {
        Map<String, JsonNode> described = new LinkedHashMap<>();
        series.forEach(each -> described.put(String.valueOf(Dicom.text(each, Dicom.SERIES_UID)), each));
        return images.stream()
                .collect(Collectors.groupingBy(PacsInstance::seriesUid, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> series(entry.getKey(), described.get(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing(StudyView.Series::number, NUMBERED).thenComparing(StudyView.Series::uid))
                .toList();
    }

    private static StudyView.Series series(String uid, JsonNode described, List<PacsInstance> images) {
        return new StudyView.Series(
                uid,
                described == null ? null : Dicom.text(described, Dicom.MODALITY),
                described == null ? null : Dicom.text(described, Dicom.SERIES_DESCRIPTION),
                described == null ? null : Dicom.number(described, Dicom.SERIES_NUMBER),
                images.stream()
                        .sorted(Comparator.comparing(PacsInstance::number, NUMBERED)
                                .thenComparing(PacsInstance::uid))
                        .map(image -> new StudyView.Image(image.uid(), image.number()))
                        .toList());
    }
}
