package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.testing.Screen;
import com.microsoft.playwright.Browser;
import java.util.Map;

/** A call-centre agent's screen with the console of the started region on it. */
final class AgentDesk extends Screen<AgentDesk> {
    AgentDesk(Browser browser) {
        super(
                browser,
                Doors.url(Doors.ports().api()),
                new Browser.NewContextOptions().setViewportSize(1440, 900).setLocale("zh-CN"));
    }

    AgentDesk logIn() {
        return logIn("agent").sees("screen-callers");
    }

    /** As the first member of staff who has the role. */
    AgentDesk logIn(String role) {
        Map<String, Object> member = Staff.find(role);
        open("/console/").fill("username-input", member.get("username").toString());
        fill("password-input", member.get("password").toString());
        return tap("login");
    }

    AgentDesk find(String text) {
        return fill("search", text).tap("search-submit").sees("candidate");
    }

    /** Types what the caller says; empty for what they don't know. */
    AgentDesk check(String name, String birthDate, String idLast4) {
        fill("check-name", name).fill("check-birthDate", birthDate).fill("check-idLast4", idLast4);
        return tap("check-submit");
    }
}
