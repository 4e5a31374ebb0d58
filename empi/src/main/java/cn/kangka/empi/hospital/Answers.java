package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.AckCode;
import cn.kangka.empi.hl7.Acknowledgement;
import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.kit.id.Ids;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What is answered to a message: in original mode one acknowledgement or response; in enhanced mode (MSH-15 or MSH-16
 * given) an accept acknowledgement, an application one, both or none, as these fields ask.
 */
final class Answers {
    private static final int ACCEPT_MODE = 15;
    private static final int APPLICATION_MODE = 16;

    private Answers() {}

    /** The verdict on a list of refusals: AR when one rejects, AE when one finds fault, else AA. */
    static AckCode verdict(List<Hl7Refusal> refusals) {
        if (refusals.stream().anyMatch(refusal -> refusal.code() == AckCode.AR)) {
            return AckCode.AR;
        }
        return refusals.isEmpty() ? AckCode.AA : AckCode.AE;
    }

    /**
     * The answers, in order.
     *
     * @param response answered instead of an application acknowledgement; null for none
     */
    static List<String> to(Hl7Message request, List<Hl7Refusal> refusals, String response, OffsetDateTime now) {
        AckCode code = verdict(refusals);
        boolean fine = code == AckCode.AA;
        String accept = request.header().value(ACCEPT_MODE);
        String application = request.header().value(APPLICATION_MODE);
        boolean original = accept.isEmpty() && application.isEmpty();
        List<String> answers = new ArrayList<>();
        if (!original && isWanted(accept, fine)) {
            answers.add(Acknowledgement.to(request, code.accept(), refusals, now, controlId())
                    .text());
        }
        if (original || isWanted(application, fine)) {
            answers.add(
                    response == null
                            ? Acknowledgement.to(request, code, refusals, now, controlId())
                                    .text()
                            : response);
        }
        return answers;
    }

    private static boolean isWanted(String mode, boolean fine) {
        return switch (mode) {
            case "AL" -> true;
            case "ER" -> !fine;
            case "SU" -> fine;
            default -> false;
        };
    }

    private static String controlId() {
        return Ids.next().toString();
    }
}
