package cn.kangka.api.directory;

import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes hospitals, departments, practitioners and roles: one statement per kind, whatever the size of the bundle. */
@ApplicationScoped
class DirectoryImportStore {
    private static final String HOSPITALS = """
            insert into hospital (id, name, aliases, initials, kind, level, address, telephone, known)
            select u.id, u.name, string_to_array(u.aliases, E'\\x1f'), u.initials, u.kind, u.level, u.address, u.telephone,
                true
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
                u(id, name, aliases, initials, kind, level, address, telephone)
            on conflict (id) do update set name = excluded.name, aliases = excluded.aliases,
                initials = excluded.initials, kind = excluded.kind, level = excluded.level,
                address = excluded.address, telephone = excluded.telephone, known = true
            where (hospital.name, hospital.aliases, hospital.kind, hospital.level, hospital.address,
                hospital.telephone, hospital.known)
                is distinct from (excluded.name, excluded.aliases, excluded.kind, excluded.level, excluded.address,
                excluded.telephone, true)
            """;
    private static final String HOSPITAL_PLACEHOLDER = """
            insert into hospital (id, name, kind) values ($1, $1, $2) on conflict (id) do nothing
            """;
    private static final String CAMPUSES = """
            insert into campus (id, hospital, code, name, address, telephone, latitude, longitude, known)
            select u.id, $1, u.code, u.name, u.address, u.telephone, u.latitude, u.longitude, true
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[])
                u(id, code, name, address, telephone, latitude, longitude)
            on conflict (hospital, code) do update set name = excluded.name, address = excluded.address,
                telephone = excluded.telephone, latitude = excluded.latitude, longitude = excluded.longitude, known = true
            """;
    private static final String CAMPUS_PLACEHOLDERS = """
            insert into campus (id, hospital, code, name)
            select u.id, $1, u.code, u.code from unnest($2::uuid[], $3::text[]) u(id, code)
            on conflict (hospital, code) do nothing
            """;
    private static final String POSITION = """
            update hospital h set latitude = c.latitude, longitude = c.longitude
            from (select latitude, longitude from campus where hospital = $1 and latitude is not null
                order by code limit 1) c
            where h.id = $1
            """;
    /** What is not said of a department's place and code stays as it was. */
    private static final String DEPARTMENTS = """
            insert into department (id, hospital, code, name, specialty, initials, standard_code, campus_id, known)
            select u.id, $1, u.code, u.name, u.specialty, u.initials, u.standard_code, c.id, true
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
                u(id, code, name, specialty, initials, standard_code, campus)
            left join campus c on c.hospital = $1 and c.code = u.campus
            on conflict (hospital, code) do update set name = excluded.name, specialty = excluded.specialty,
                initials = excluded.initials, known = true,
                standard_code = coalesce(excluded.standard_code, department.standard_code),
                campus_id = coalesce(excluded.campus_id, department.campus_id)
            where (department.name, department.specialty, department.standard_code, department.campus_id,
                department.known)
                is distinct from (excluded.name, excluded.specialty, coalesce(excluded.standard_code,
                department.standard_code), coalesce(excluded.campus_id, department.campus_id), true)
            """;

    private static final String DEPARTMENT_PLACEHOLDERS = """
            insert into department (id, hospital, code, name)
            select u.id, $1, u.code, u.code from unnest($2::uuid[], $3::text[]) u(id, code)
            on conflict (hospital, code) do nothing
            """;
    private static final String PRACTITIONERS = """
            insert into practitioner (id, hospital, code, name, title, initials, active, known)
            select u.id, $1, u.code, u.name, u.title, u.initials, u.active, true
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])
                u(id, code, name, title, initials, active)
            on conflict (hospital, code) do update set name = excluded.name, title = excluded.title,
                initials = excluded.initials, active = excluded.active, known = true
            where (practitioner.name, practitioner.title, practitioner.active, practitioner.known)
                is distinct from (excluded.name, excluded.title, excluded.active, true)
            """;
    private static final String PRACTITIONER_PLACEHOLDERS = """
            insert into practitioner (id, hospital, code, name)
            select u.id, $1, u.code, u.code from unnest($2::uuid[], $3::text[]) u(id, code)
            on conflict (hospital, code) do nothing
            """;
    private static final String ROLES = """
            insert into practitioner_role (id, hospital, code, practitioner_id, department_id, specialty)
            select u.id, $1, u.code, p.id, d.id, u.specialty
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
                u(id, code, practitioner, department, specialty)
            left join practitioner p on p.hospital = $1 and p.code = u.practitioner
            left join department d on d.hospital = $1 and d.code = u.department
            on conflict (hospital, code) do update set practitioner_id = excluded.practitioner_id,
                department_id = excluded.department_id, specialty = excluded.specialty
            where (practitioner_role.practitioner_id, practitioner_role.department_id, practitioner_role.specialty)
                is distinct from (excluded.practitioner_id, excluded.department_id, excluded.specialty)
            """;
    private static final String ROLE_PLACEHOLDERS = """
            insert into practitioner_role (id, hospital, code)
            select u.id, $1, u.code from unnest($2::uuid[], $3::text[]) u(id, code)
            on conflict (hospital, code) do nothing
            """;
    private static final String ALIAS_SEPARATOR = "\u001f";

    private final DirectoryConfig config;

    DirectoryImportStore(DirectoryConfig config) {
        this.config = config;
    }

    /** Everything that sessions and slots stand on. */
    Uni<Void> saveStaff(SqlConnection tx, String source, DirectoryBundle said) {
        List<String> departments = DirectoryReader.pointedTo(said.roles(), DirectoryBundle.Role::department);
        List<String> practitioners = DirectoryReader.pointedTo(said.roles(), DirectoryBundle.Role::practitioner);
        List<String> roles = DirectoryReader.pointedTo(said.sessions(), DirectoryBundle.Session::role);
        List<String> campuses = DirectoryReader.pointedTo(said.departments(), DirectoryBundle.Department::campus);
        return hospitals(tx, source, said.hospitals())
                .chain(() -> run(tx, CAMPUSES, campuses(source, said.campuses()), said.campuses()))
                .chain(() -> run(tx, POSITION, Tuple.of(source), said.campuses()))
                .chain(() -> run(tx, CAMPUS_PLACEHOLDERS, placeholders(source, campuses), campuses))
                .chain(() -> run(tx, DEPARTMENTS, departments(source, said.departments()), said.departments()))
                .chain(() -> run(tx, DEPARTMENT_PLACEHOLDERS, placeholders(source, departments), departments))
                .chain(() -> run(tx, PRACTITIONERS, practitioners(source, said.practitioners()), said.practitioners()))
                .chain(() -> run(tx, PRACTITIONER_PLACEHOLDERS, placeholders(source, practitioners), practitioners))
                .chain(() -> run(tx, ROLES, roles(source, said.roles()), said.roles()))
                .chain(() -> run(tx, ROLE_PLACEHOLDERS, placeholders(source, roles), roles));
    }

    private Uni<Void> hospitals(SqlConnection tx, String source, List<DirectoryBundle.Hospital> hospitals) {
        Tuple rows = Tuple.tuple(List.of(
                texts(hospitals, DirectoryBundle.Hospital::id),
                texts(hospitals, DirectoryBundle.Hospital::name),
                texts(hospitals, each -> String.join(ALIAS_SEPARATOR, each.aliases())),
                texts(hospitals, each -> Initials.of(each.name())),
                texts(hospitals, each -> kind(each.id())),
                texts(hospitals, DirectoryBundle.Hospital::level),
                texts(hospitals, DirectoryBundle.Hospital::address),
                texts(hospitals, DirectoryBundle.Hospital::telephone)));
        return run(tx, HOSPITALS, rows, hospitals).chain(() -> tx.preparedQuery(HOSPITAL_PLACEHOLDER)
                .execute(Tuple.of(source, kind(source)))
                .replaceWithVoid());
    }

    private String kind(String source) {
        return source.matches(config.centreIds()) ? "CENTRE" : "HOSPITAL";
    }

    private static Tuple campuses(String source, List<DirectoryBundle.Campus> campuses) {
        return Tuple.tuple(List.of(
                source,
                ids(campuses.size()),
                texts(campuses, DirectoryBundle.Campus::code),
                texts(campuses, DirectoryBundle.Campus::name),
                texts(campuses, DirectoryBundle.Campus::address),
                texts(campuses, DirectoryBundle.Campus::telephone),
                campuses.stream().map(DirectoryBundle.Campus::latitude).toArray(Double[]::new),
                campuses.stream().map(DirectoryBundle.Campus::longitude).toArray(Double[]::new)));
    }

    private static Tuple departments(String source, List<DirectoryBundle.Department> departments) {
        return Tuple.tuple(List.of(
                source,
                ids(departments.size()),
                texts(departments, DirectoryBundle.Department::code),
                texts(departments, DirectoryBundle.Department::name),
                texts(departments, DirectoryBundle.Department::specialty),
                texts(departments, each -> Initials.of(each.name())),
                texts(departments, DirectoryBundle.Department::standardCode),
                texts(departments, DirectoryBundle.Department::campus)));
    }

    private static Tuple practitioners(String source, List<DirectoryBundle.Practitioner> practitioners) {
        return Tuple.tuple(List.of(
                source,
                ids(practitioners.size()),
                texts(practitioners, DirectoryBundle.Practitioner::code),
                texts(practitioners, DirectoryBundle.Practitioner::name),
                texts(practitioners, DirectoryBundle.Practitioner::title),
                texts(practitioners, each -> Initials.of(each.name())),
                practitioners.stream().map(DirectoryBundle.Practitioner::active).toArray(Boolean[]::new)));
    }

    private static Tuple roles(String source, List<DirectoryBundle.Role> roles) {
        return Tuple.tuple(List.of(
                source,
                ids(roles.size()),
                texts(roles, DirectoryBundle.Role::code),
                texts(roles, DirectoryBundle.Role::practitioner),
                texts(roles, DirectoryBundle.Role::department),
                texts(roles, DirectoryBundle.Role::specialty)));
    }

    /** Rows that only have a code so far. */
    static Tuple placeholders(String source, List<String> codes) {
        return Tuple.tuple(List.of(source, ids(codes.size()), codes.toArray(String[]::new)));
    }

    /** Runs a statement over the rows, unless there are none. */
    static Uni<Void> run(SqlConnection tx, String sql, Tuple rows, List<?> unless) {
        return unless.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(sql).execute(rows).replaceWithVoid();
    }

    static UUID[] ids(int count) {
        return Stream.generate(Ids::next).limit(count).toArray(UUID[]::new);
    }

    static <T> String[] texts(List<T> rows, Function<T, String> field) {
        String[] texts = new String[rows.size()];
        Arrays.setAll(texts, i -> field.apply(rows.get(i)));
        return texts;
    }
}
