package cn.kangka.sandbox.launch;

/** Why the region cannot start, in one clear sentence for the person at the keyboard. */
public class Refusal extends RuntimeException {
    public Refusal(String sentence) {
        super(sentence);
    }
}
