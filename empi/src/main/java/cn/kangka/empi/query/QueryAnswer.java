package cn.kangka.empi.query;

import cn.kangka.empi.hl7.AckCode;
import cn.kangka.empi.hl7.Acknowledgement;
import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.PidSegments;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.kit.id.Ids;
import java.time.OffsetDateTime;
import java.util.List;

/** The frame of a response: MSH, MSA, ERR, QAK and the QPD that was asked. */
final class QueryAnswer {
    private final Hl7Message request;
    private final Hl7Builder answer;

    private QueryAnswer(Hl7Message request, Hl7Builder answer) {
        this.request = request;
        this.answer = answer;
    }

    /** Begins a response such as RSP^K23^RSP_K23. */
    static QueryAnswer begin(Hl7Message request, String trigger, String structure, OffsetDateTime now) {
        Hl7Builder answer = Acknowledgement.answer(request, now, Ids.next().toString());
        answer.set(9, "RSP", trigger, structure);
        return new QueryAnswer(request, answer);
    }

    static Segment query(Hl7Message request) {
        return request.segment("QPD").orElseGet(PidSegments::empty);
    }

    /** AE with the reasons. */
    String refused(List<Hl7Refusal> refusals) {
        Acknowledgement.acknowledge(answer, request, AckCode.AE);
        refusals.forEach(refusal -> Acknowledgement.error(answer, request, refusal));
        status("AE", 0, 0, 0);
        return answer.build().text();
    }

    /** AA; status OK or NF follows from the number of hits. */
    QueryAnswer found(int hits, int here, int remaining) {
        Acknowledgement.acknowledge(answer, request, AckCode.AA);
        status(hits == 0 ? "NF" : "OK", hits, here, remaining);
        return this;
    }

    Hl7Builder segments() {
        return answer;
    }

    String text() {
        return answer.build().text();
    }

    private void status(String status, int hits, int here, int remaining) {
        Segment query = query(request);
        answer.segment("QAK")
                .set(1, query.value(2))
                .set(2, status)
                .raw(3, query.repetition(1, 1).raw())
                .set(4, Integer.toString(hits))
                .set(5, Integer.toString(here))
                .set(6, Integer.toString(remaining));
        request.segment("QPD").ifPresent(answer::copy);
    }
}
