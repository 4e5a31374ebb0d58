package cn.kangka.bff.session;

/** What api answers to a login or refresh (contract). */
record Tokens(String accessToken, String refreshToken, long expiresIn) {
    Opened opened() {
        return new Opened(accessToken, expiresIn);
    }

    /** Holds secrets: never shown. */
    @Override
    public String toString() {
        return "tokens";
    }
}
