package cn.kangka.notification.notice;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One notice, or an array of them. */
@JsonDeserialize(using = NoticeBatch.Reader.class)
@Schema(
        description = "one notice or an array of at most 1,000",
        type = SchemaType.ARRAY,
        implementation = NoticeRequest[].class)
public record NoticeBatch(List<NoticeRequest> notices) {
    /** Reads both forms. */
    static final class Reader extends JsonDeserializer<NoticeBatch> {
        @Override
        public NoticeBatch deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            List<NoticeRequest> notices = new ArrayList<>();
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                notices.add(context.readValue(parser, NoticeRequest.class));
                return new NoticeBatch(notices);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                notices.add(context.readValue(parser, NoticeRequest.class));
            }
            return new NoticeBatch(notices);
        }
    }
}
