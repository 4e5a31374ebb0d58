package cn.kangka.empi.commandline;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The jar's entry: a command of {@link LinkageTool} runs by itself; anything else starts the service. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && LinkageTool.knows(arguments[0])) {
            System.exit(LinkageTool.run(arguments));
        }
        Quarkus.run(arguments);
    }
}
