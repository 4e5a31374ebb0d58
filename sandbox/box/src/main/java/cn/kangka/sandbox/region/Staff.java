package cn.kangka.sandbox.region;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The demo's staff; their passwords are kept in {@code staff.json}, which {@code api} reads. */
final class Staff {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 14;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param sources where a clerk works; none for the others */
    private record Post(String username, String name, String role, List<String> sources) {
        Post(String username, String name, String role) {
            this(username, name, role, List.of());
        }
    }

    private static final List<Post> POSTS = List.of(
            new Post("agent1", "坐席一", "agent"),
            new Post("agent2", "坐席二", "agent"),
            new Post("agent3", "坐席三", "agent"),
            new Post("supervisor", "班长", "supervisor"),
            new Post("clerk", "第一人民医院门诊办公室", "clerk", List.of("H001")),
            new Post("doctor", "社区医生", "clerk", List.of("C001")),
            new Post("registrar", "主索引管理员", "registrar"),
            new Post("editor", "健康教育编辑", "editor"),
            new Post("integration", "接口工程师", "integration"),
            new Post("auditor", "审计员", "auditor"),
            new Post("admin", "系统管理员", "admin"));

    private Staff() {}

    /** Reads the staff; whoever is new gets a fresh password. */
    static List<StaffMember> keep(Path file) {
        JsonArray staff = Files.exists(file) ? new JsonArray(KeptFile.read(file)) : new JsonArray();
        Set<String> known = staff.stream()
                .map(JsonObject.class::cast)
                .map(member -> member.getString("username"))
                .collect(Collectors.toSet());
        List<Post> fresh =
                POSTS.stream().filter(post -> !known.contains(post.username())).toList();
        if (!fresh.isEmpty()) {
            fresh.forEach(post -> staff.add(made(post)));
            KeptFile.write(file, staff.encodePrettily());
        }
        return staff.stream().map(JsonObject.class::cast).map(Staff::member).toList();
    }

    private static JsonObject made(Post post) {
        JsonObject member = new JsonObject()
                .put("username", post.username())
                .put("name", post.name())
                .put("password", password())
                .put("roles", new JsonArray().add(post.role()));
        return post.sources().isEmpty() ? member : member.put("sources", new JsonArray(post.sources()));
    }

    private static StaffMember member(JsonObject json) {
        return new StaffMember(
                json.getString("username"),
                json.getString("name"),
                json.getString("password"),
                texts(json.getJsonArray("roles")),
                texts(json.getJsonArray("sources", new JsonArray())));
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static String password() {
        return RANDOM.ints(LENGTH, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, at) -> text.append(LETTERS.charAt(at)), StringBuilder::append)
                .toString();
    }
}
