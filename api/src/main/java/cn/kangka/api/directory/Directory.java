package cn.kangka.api.directory;

import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks up hospitals, departments and doctors. */
@ApplicationScoped
public class Directory {
    private final DirectoryStore store;

    Directory(DirectoryStore store) {
        this.store = store;
    }

    /** Hospitals and centres by id; {@code kind} HOSPITAL or CENTRE, null for both. */
    public Uni<Page<HospitalView>> hospitals(String kind, int limit, String cursor) {
        return store.hospitals(kind, TextCursor.decode(cursor), limit + 1)
                .map(rows -> Page.ofTexts(rows, limit, row -> new TextCursor(row.id(), "")));
    }

    /** One hospital; 404 when there is none. */
    public Uni<HospitalView> hospital(String id) {
        return store.hospital(id).onItem().ifNull().failWith(Problems::notFound);
    }

    /** A hospital's departments by code; 404 when there is no such hospital. */
    public Uni<Page<DepartmentView>> departmentsOf(String hospital, String query, int limit, String cursor) {
        return hospital(hospital).chain(known -> departments(hospital, query, limit, cursor));
    }

    /** Departments by hospital and code; {@code query} a part of the name or pinyin initials, null for all. */
    public Uni<Page<DepartmentView>> departments(String hospital, String query, int limit, String cursor) {
        return store.departments(hospital, query, TextCursor.decode(cursor), limit + 1)
                .map(rows -> Page.ofTexts(rows, limit, row -> new TextCursor(row.hospital(), row.code())));
    }

    /** A hospital's doctors by code; {@code department} an id or a code; 404 when there is no such hospital. */
    public Uni<Page<DoctorView>> doctors(String hospital, String department, String query, int limit, String cursor) {
        return hospital(hospital)
                .chain(known -> store.doctors(hospital, department, query, TextCursor.decode(cursor), limit + 1))
                .map(rows -> Page.ofTexts(rows, limit, row -> new TextCursor(row.code(), "")));
    }
}
