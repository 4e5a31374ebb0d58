package cn.kangka.api.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Whoever has to do with people in clinics that a hospital's timetable says do not take place: a CDI bean. */
public interface ClinicsEnd {
    /**
     * Called in the transaction of the bundle, before anything of it is saved; a failure undoes all of it and the bundle comes again.
     *
     * @param sessions the hospital's codes; those that are not known, or stopped already, are passed over
     */
    Uni<Void> end(SqlConnection tx, String hospital, List<String> sessions);
}
