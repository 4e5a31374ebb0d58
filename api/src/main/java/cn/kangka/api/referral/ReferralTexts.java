package cn.kangka.api.referral;

import cn.kangka.kit.sealing.Sealer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Seals and opens what a referral says of somebody's health. */
@ApplicationScoped
class ReferralTexts {
    private static final String PURPOSE = "referral";
    private static final String NUMBER = "referral-number";

    private final Sealer sealer;
    private final ObjectMapper json;

    ReferralTexts(Sealer sealer, ObjectMapper json) {
        this.sealer = sealer;
        this.json = json;
    }

    /** Null stays null. */
    Buffer sealed(String text) {
        return text == null ? null : Buffer.buffer(sealer.seal(PURPOSE, text));
    }

    Buffer sealed(ReferralView.Reason reason) {
        try {
            return sealed(json.writeValueAsString(reason));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reason that is not JSON", e);
        }
    }

    String opened(Row row, String column) {
        var text = row.getBuffer(column);
        return text == null ? null : sealer.open(PURPOSE, text.getBytes());
    }

    ReferralView.Reason reason(Row row) {
        try {
            return json.readValue(opened(row, "reason"), ReferralView.Reason.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reason that is not JSON", e);
        }
    }

    /** By what a referring system's own number is found. */
    Buffer hash(String number) {
        return number == null ? null : Buffer.buffer(sealer.hash(NUMBER, number));
    }
}
