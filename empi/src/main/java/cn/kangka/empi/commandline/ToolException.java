package cn.kangka.empi.commandline;

/** What is wrong with a file or an option, in one sentence that names the place. */
final class ToolException extends RuntimeException {
    ToolException(String sentence) {
        super(sentence);
    }
}
