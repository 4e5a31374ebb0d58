package cn.kangka.notification.inbox;

import cn.kangka.kit.database.Database;
import cn.kangka.notification.channel.Channel;
import cn.kangka.notification.channel.Gate;
import cn.kangka.notification.channel.Message;
import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.channel.Outcome;
import cn.kangka.notification.delivery.SealedTexts;
import cn.kangka.notification.template.Texts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collections;
import java.util.List;

/** Puts notices that were planned for later into the inbox when they are due. Those for now are there at once. */
@ApplicationScoped
public class InboxChannel implements Channel {
    private static final int BATCH = 500;

    private final Inbox inbox;
    private final Database database;
    private final SealedTexts texts;
    private final Gate gate;

    InboxChannel(Inbox inbox, Database database, SealedTexts texts, Clock clock) {
        this.inbox = inbox;
        this.database = database;
        this.texts = texts;
        this.gate = Gate.open(clock);
    }

    @Override
    public String name() {
        return "INBOX";
    }

    @Override
    public Gate gate() {
        return gate;
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public Uni<List<Outcome>> send(NoticeClass lane, List<Message> messages) {
        List<InboxEntry> entries = messages.stream()
                .map(each -> new InboxEntry(
                        each.notice(),
                        each.account(),
                        each.noticeClass(),
                        texts.seal(new Texts(each.title(), each.body(), null, null)),
                        each.link()))
                .toList();
        return database.write(tx -> inbox.add(tx, entries))
                .replaceWith(() -> Collections.nCopies(messages.size(), new Outcome.Accepted(null)));
    }
}
