package cn.kangka.sandbox.region;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The demo's staff; their passwords are kept in {@code staff.json}, which {@code api} reads. */
final class Staff {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 14;
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Post(String username, String name, String role) {}

    private static final List<Post> POSTS = List.of(
            new Post("agent1", "坐席一", "agent"),
            new Post("agent2", "坐席二", "agent"),
            new Post("agent3", "坐席三", "agent"),
            new Post("supervisor", "班长", "supervisor"),
            new Post("registrar", "主索引管理员", "registrar"),
            new Post("editor", "健康教育编辑", "editor"),
            new Post("integration", "接口工程师", "integration"),
            new Post("auditor", "审计员", "auditor"),
            new Post("admin", "系统管理员", "admin"));

    private Staff() {}

    /** Reads the staff, or makes it with fresh passwords. */
    static List<StaffMember> keep(Path file) {
        if (!Files.exists(file)) {
            KeptFile.write(file, fresh().encodePrettily());
        }
        return new JsonArray(KeptFile.read(file))
                .stream().map(JsonObject.class::cast).map(Staff::member).toList();
    }

    private static JsonArray fresh() {
        JsonArray staff = new JsonArray();
        for (Post post : POSTS) {
            staff.add(new JsonObject()
                    .put("username", post.username())
                    .put("name", post.name())
                    .put("password", password())
                    .put("roles", new JsonArray().add(post.role())));
        }
        return staff;
    }

    private static StaffMember member(JsonObject json) {
        return new StaffMember(
                json.getString("username"),
                json.getString("name"),
                json.getString("password"),
                json.getJsonArray("roles").stream().map(String.class::cast).toList());
    }

    private static String password() {
        return RANDOM.ints(LENGTH, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, at) -> text.append(LETTERS.charAt(at)), StringBuilder::append)
                .toString();
    }
}
