package cn.kangka.api.safety;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Which alerts somebody is still to be told of. */
@ApplicationScoped
class AlertNoticeStore {
    private static final String TO_TELL = """
            select s.id, s.medication_order, s.ingredient_group, m.source, im.person, a.id as account,
                exists (
                    select 1 from safety_alert other
                    where other.medication_order = s.medication_order
                      and other.ingredient_group = s.ingredient_group and other.told) as told
            from safety_alert s
            join medication_order m on m.id = s.medication_order
            join allergy al on al.id = s.allergy
            join identity im on im.id = m.identity
            join identity ia on ia.id = al.identity and ia.person = im.person
            left join lateral (
                select id, status from account
                where person = im.person and status <> 'CLOSED' and level >= $3 order by status limit 1) a on true
            where s.notice_pending and ($1::uuid is null or im.person = $1) and a.status is distinct from 'SUSPENDED'
            order by s.id limit $2 for update of s skip locked
            """;

    /** An alert and whom to tell; account is null when nobody is, told when it was said before. */
    record ToTell(UUID alert, UUID order, String group, String source, UUID person, UUID account, boolean told) {
        String key() {
            return "alert-raised:" + order + ":" + group;
        }
    }

    /** @param person only this one's; null for whatever waits */
    Uni<List<ToTell>> toTell(SqlConnection tx, UUID person, int limit, int level) {
        return tx.preparedQuery(TO_TELL).execute(Tuple.of(person, limit, level)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new ToTell(
                        row.getUUID("id"),
                        row.getUUID("medication_order"),
                        row.getString("ingredient_group"),
                        row.getString("source"),
                        row.getUUID("person"),
                        row.getUUID("account"),
                        row.getBoolean("told")))
                .toList());
    }

    Uni<Void> settled(SqlConnection tx, List<UUID> alerts, List<UUID> told) {
        return alerts.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("update safety_alert set notice_pending = false, told = told or id = any($2)"
                                + " where id = any($1)")
                        .execute(Tuple.of(alerts.toArray(UUID[]::new), told.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }
}
