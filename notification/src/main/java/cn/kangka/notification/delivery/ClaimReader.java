package cn.kangka.notification.delivery;

import cn.kangka.kit.sealing.Sealer;
import cn.kangka.notification.channel.NoticeClass;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;

/** Opens what a claim returned. */
@ApplicationScoped
class ClaimReader {
    private final Sealer sealer;
    private final SealedTexts texts;

    ClaimReader(Sealer sealer, SealedTexts texts) {
        this.sealer = sealer;
        this.texts = texts;
    }

    Claimed read(Row row) {
        OffsetDateTime expires = row.getOffsetDateTime("expires_at");
        OffsetDateTime notBefore = row.getOffsetDateTime("not_before");
        Buffer phone = row.getBuffer("phone");
        return new Claimed(
                row.getUUID("id"),
                row.getUUID("notice"),
                row.getInteger("attempts"),
                row.getUUID("account"),
                row.getUUID("endpoint"),
                NoticeClass.valueOf(row.getString("class")),
                phone == null ? null : sealer.open(SealedTexts.PHONE, phone.getBytes()),
                texts.open(row.getBuffer("content").getBytes()),
                row.getString("link"),
                expires == null ? null : expires.toInstant(),
                (notBefore == null ? row.getOffsetDateTime("created_at") : notBefore).toInstant(),
                row.getString("trace"));
    }
}
