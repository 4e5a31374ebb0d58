package cn.kangka.api.callcentre;

/** When a caller is believed, and when a supervisor takes over. */
record CallPolicy(int itemsNeeded, int tries) {
    /** Rule id: too many failed checks about one person, whoever asked. */
    static final String TRIES_PER_PERSON = "call-centre.tries-per-person";
    /** Rule id: too many failed checks by one agent, whoever was asked about. */
    static final String TRIES_PER_AGENT = "call-centre.tries-per-agent";

    /** Level 1 takes the needed number of right items, whatever else was wrong. */
    boolean passes(int asked, int right) {
        return asked >= itemsNeeded && right >= itemsNeeded;
    }

    /** How many checks may still fail. */
    int triesLeft(int used) {
        return Math.max(0, tries - used);
    }
}
