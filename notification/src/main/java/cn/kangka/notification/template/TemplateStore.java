package cn.kangka.notification.template;

import cn.kangka.kit.page.Cursor;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class TemplateStore implements PanacheRepositoryBase<TemplateEntity, UUID> {
    /** The newest version, or null. */
    Uni<TemplateEntity> newest(String name) {
        return find("#" + TemplateEntity.NEWEST, name).firstResult();
    }

    /** Newest versions, oldest change first. */
    Uni<List<TemplateEntity>> page(Cursor after, int rows) {
        if (after == null) {
            return find("#" + TemplateEntity.FIRST_PAGE).range(0, rows - 1).list();
        }
        OffsetDateTime at = after.at().atOffset(ZoneOffset.UTC);
        return find("#" + TemplateEntity.NEXT_PAGE, at, after.id())
                .range(0, rows - 1)
                .list();
    }
}
