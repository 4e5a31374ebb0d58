package cn.kangka.bff.session;

/** What api is sent to refresh or to end a session. */
record RefreshToken(String refreshToken) {
    /** Holds secrets: never shown. */
    @Override
    public String toString() {
        return "a refresh token";
    }
}
