package cn.kangka.sandbox.launch;

import java.time.Duration;

/** What a person sees when the region is up: where to click and who to be. */
final class Welcome {
    private Welcome() {}

    static void print(Region region, Duration took) {
        Ports ports = region.options().ports();
        line("");
        line("康卡已就绪 · Kangka is ready (%d s)", took.toSeconds());
        line("");
        line("  市民应用  citizen app    http://localhost:%d/", ports.mobileBff());
        line("  坐席台    console        http://localhost:%d/console/", ports.api());
        line("  沙盒      sandbox        http://localhost:%d/   短信、人员、医院 · SMS, people, hospitals", ports.sandbox());
        line("  接口文档  API            http://localhost:%d/q/openapi", ports.api());
        line("  HL7 v2    MLLP           localhost:%d", ports.mllp());
        who(region);
        line("  日志      logs           %s", region.logs());
        region.options()
                .without()
                .forEach(service -> line("  %s", ServiceEnvironment.byHand(region.options(), service)));
        line("");
        line(
                "Ctrl-C 停止,数据留在 · stops everything, the data stays in %s",
                region.options().data());
        line("");
    }

    private static void who(Region region) {
        region.sandbox()
                .people()
                .first()
                .ifPresent(person -> line(
                        "  市民手机  demo phone     %s   %s %s   验证码见沙盒 · the code is on the sandbox page",
                        person.getString("phone"), person.getString("name"), person.getString("idNumber")));
        login(region, "agent1", "坐席登录  agent ");
        login(region, "clerk", "医院门诊  clerk ");
        login(region, "doctor", "社区医生  doctor");
    }

    private static void login(Region region, String username, String who) {
        region.sandbox().files().staff().stream()
                .filter(member -> member.username().equals(username))
                .findFirst()
                .ifPresent(member -> line(
                        "  %s         %s / %s   %s",
                        who, member.username(), member.password(), String.join(" ", member.sources())));
    }

    private static void line(String format, Object... arguments) {
        Launcher.say(format.formatted(arguments));
    }
}
