package cn.kangka.api.session;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Map;
import java.util.Set;

/** A feature whose people log in: says what a token may say about one of them now. A CDI bean per kind. */
public interface TokenHolders {
    /** What a token says besides who and until when. */
    record Claims(Set<String> groups, Map<String, Object> more) {}

    SessionKind kind();

    /** The claims of this subject as of now; null when it may no longer have a token at all, which ends the session. */
    Uni<Claims> claims(SqlConnection tx, String subject);
}
