package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.testing.Screen;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
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
        return logIn(Staff.find(role));
    }

    AgentDesk logIn(Map<String, Object> member) {
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

    /** Finds somebody by their id, who answers right; what can be done for them is there. */
    AgentDesk takesCall(Citizen caller) {
        String idNumber = caller.person.get("idNumber");
        find(idNumber).tap("candidate").sees("check-panel");
        check(caller.person.get("name"), caller.person.get("birthDate"), idNumber.substring(idNumber.length() - 4));
        return sees("book").settled();
    }

    /** Looks in the booking panel for a slot. */
    AgentDesk looksFor(Map<String, Object> slot) {
        tap("hospital-" + slot.get("hospital"))
                .tap("department-" + Slots.departmentCode(slot))
                .sees("days")
                .settled();
        page().locator("[data-day='" + Slots.day(slot) + "']").click();
        return sees("slot-" + slot.get("id")).settled();
    }

    /** The line of something in a list. */
    Locator line(String testid, String attribute, String value) {
        return page().locator("[data-testid='" + testid + "'][" + attribute + "='" + value + "']");
    }
}
