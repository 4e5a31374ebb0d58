package cn.kangka.notification.template;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * One version of a template; rows are added, never changed. Its queries have names, so that they are read at start and
 * not by the first request on an event loop.
 */
@Entity
@NamedQuery(name = TemplateEntity.NEWEST, query = "from TemplateEntity t where t.name = ?1 order by t.version desc")
@NamedQuery(
        name = TemplateEntity.FIRST_PAGE,
        query = "from TemplateEntity t"
                + " where t.version = (select max(l.version) from TemplateEntity l where l.name = t.name)"
                + " order by t.createdAt, t.id")
@NamedQuery(
        name = TemplateEntity.NEXT_PAGE,
        query = "from TemplateEntity t"
                + " where t.version = (select max(l.version) from TemplateEntity l where l.name = t.name)"
                + " and (t.createdAt > ?1 or (t.createdAt = ?1 and t.id > ?2)) order by t.createdAt, t.id")
@Table(name = "template_version")
class TemplateEntity {
    static final String NEWEST = "template.newest";
    static final String FIRST_PAGE = "template.first-page";
    static final String NEXT_PAGE = "template.next-page";

    @Id
    UUID id;

    String name;
    int version;
    String texts;
    String author;
    OffsetDateTime createdAt;
}
